import { isDeepStrictEqual } from 'node:util'
import type { SetupAnswers } from '../../contract/answers.ts'
import type { Journal } from '../../setup/journal.ts'

/**
 * Answers as the interrupted run had them. What has written a new certificate or client already goes on with that one,
 * because its journal knows which one was to go; with other wishes than its own it is a new run.
 */
export function goingOn(answers: SetupAnswers, interrupted: Journal | undefined): SetupAnswers {
  const before = (interrupted?.head.answers ?? {}) as Readonly<Record<string, unknown>>
  switch (answers.scenario) {
    case 'new-installation':
      return answers
    case 'replace-certificate': {
      if (answers.replaces !== undefined) return answers
      const { replaces, ...wishes } = before
      return same(wishes, answers) && typeof replaces === 'string' ? { ...answers, replaces } : answers
    }
    case 'change-client': {
      if (answers.row !== undefined) return answers
      const { row, client, ...wishes } = before
      const { current, id } = (client ?? {}) as { readonly current?: unknown; readonly id?: unknown }
      if (typeof row !== 'number' || typeof current !== 'string') return answers
      const meant = {
        ...answers.client,
        current,
        ...(answers.client.id === 'generate' && typeof id === 'string' ? { id } : {}),
      }
      return same({ ...wishes, client }, { ...answers, client: meant })
        ? { ...answers, client: meant, row }
        : answers
    }
  }
}

function same(journalled: unknown, answers: unknown): boolean {
  return isDeepStrictEqual(journalled, JSON.parse(JSON.stringify(answers)) as unknown)
}
