import * as z from 'zod/mini'
import { inputs, type CallName, type Reply } from '../contract/calls.ts'
import { SetupError, problemOf } from '../contract/problem.ts'
import type { BackEnd } from './back-end/types.ts'

/** Answers one call of a page. Never rejects: whatever goes wrong comes back as a problem. */
export type Dispatch = (name: unknown, input: unknown) => Promise<Reply<CallName>>

/**
 * The one entry from a page into the program, the same for every door. The page is not trusted: the name has to be
 * a known call and the input has to fit its schema before any handler sees it. What a handler throws crosses as a
 * redacted problem; a stack never does.
 */
export function createDispatch(backEnd: Pick<BackEnd, 'handlers' | 'redact'>): Dispatch {
  return async (name, input) => {
    try {
      if (!isCallName(name)) throw unknownCall(name)
      return { ok: true, value: await answer(backEnd, name, input) }
    } catch (thrown) {
      return { ok: false, problem: backEnd.redact(problemOf(thrown)) }
    }
  }
}

async function answer(backEnd: Pick<BackEnd, 'handlers'>, name: CallName, input: unknown) {
  const checked = z.safeParse<z.core.$ZodType>(inputs[name], input)
  if (!checked.success) throw unfitInput(name, checked.error)
  // The schema of this very name has just accepted the input; TypeScript cannot follow that through the union.
  const handler = backEnd.handlers[name] as (input: unknown) => ReturnType<BackEnd['handlers'][CallName]>
  return handler(checked.data)
}

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(inputs, name)
}

function unknownCall(name: unknown): SetupError {
  return new SetupError({
    code: 'call.unknown',
    what: 'The page asked for something that this program does not offer.',
    next: 'Close the program and start it again, so that the page and the program are of one version.',
    details: [typeof name === 'string' ? name.slice(0, 100) : typeof name],
  })
}

function unfitInput(name: CallName, error: z.core.$ZodError): SetupError {
  const issue = error.issues[0]
  const path = issue?.path.map(String).join('.') ?? ''
  return new SetupError({
    code: 'call.input',
    what: path ? `The value of "${path}" cannot be used.` : 'The page sent something that cannot be used.',
    where: { path: path ? `${name}: ${path}` : name },
    next: 'Change the value and try again.',
    untouched: 'Nothing was changed.',
    ...(issue && { details: [issueText(issue)] }),
  })
}

/** What the schema expected. The value itself stays out: it may be a secret. */
function issueText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return `${issue.origin}: at most ${issue.maximum}`
    case 'too_small':
      return `${issue.origin}: at least ${issue.minimum}`
    case 'invalid_type':
      return `expected ${issue.expected}`
    case 'unrecognized_keys':
      return `unknown: ${issue.keys.join(', ').slice(0, 200)}`
    default:
      return issue.code
  }
}
