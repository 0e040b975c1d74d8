import { isDeepStrictEqual } from 'node:util'
import type { SetupAnswers } from '../../contract/answers.ts'
import type { Journal } from '../../setup/journal.ts'

/**
 * Answers as the interrupted run had them. A replacement that has written the new certificate already goes on with
 * that one, because its journal knows which one was to be replaced; with other wishes than its own it is a new one.
 */
export function goingOn(answers: SetupAnswers, interrupted: Journal | undefined): SetupAnswers {
  if (answers.scenario !== 'replace-certificate' || answers.replaces !== undefined) return answers
  const { replaces, ...wishes } = (interrupted?.head.answers ?? {}) as Readonly<Record<string, unknown>>
  const same = isDeepStrictEqual(wishes, JSON.parse(JSON.stringify(answers)) as unknown)
  return same && typeof replaces === 'string' ? { ...answers, replaces } : answers
}
