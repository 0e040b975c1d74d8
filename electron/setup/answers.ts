import { parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser'
import type * as z from 'zod/mini'
import type { Problem } from '../contract/problem.ts'

export type AnswersResult<T> = { readonly answers: T } | { readonly problems: readonly Problem[] }

/**
 * Reads an answer file's text. Everything wrong with it is said at once, each with its path (`container.httpPort`)
 * or, where it is not even JSON, with line and column. A key that the schema does not know is an error: it is
 * usually a misspelt one.
 */
export function readAnswers<T>(
  text: string,
  schema: z.ZodMiniType<T>,
  version: number,
  file?: string,
): AnswersResult<T> {
  const json = text.replace(/^\uFEFF/, '')
  const errors: ParseError[] = []
  parseTree(json, errors, { disallowComments: true, allowTrailingComma: false })
  const [first] = errors
  if (first) return { problems: [notJson(json, first, file)] }
  return checkAnswers(JSON.parse(json) as unknown, schema, version, file)
}

/** Checks answers that are data already, from a page or a file. */
export function checkAnswers<T>(
  data: unknown,
  schema: z.ZodMiniType<T>,
  version: number,
  file?: string,
): AnswersResult<T> {
  const found = data !== null && typeof data === 'object' && 'version' in data ? data.version : undefined
  if (found !== undefined && found !== version) return { problems: [otherVersion(found, version, file)] }
  const result = schema.safeParse(data)
  if (result.success) return { answers: result.data }
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, file)) }
}

function problemsOf(issue: z.core.$ZodIssue, file: string | undefined): Problem[] {
  const at = issue.path.map(String)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      invalid([...at, key], 'is not known.', 'Remove it, or correct its spelling.', file),
    )
  return [invalid(at, saying(issue), remedyFor(issue), file)]
}

function invalid(path: string[], says: string, next: string, file: string | undefined): Problem {
  const name = path.join('.')
  return {
    code: 'answers.invalid',
    what: name === '' ? `The answers ${says}` : `“${name}” ${says}`,
    where: { ...(file === undefined ? {} : { file }), path: name },
    next,
    untouched: 'Nothing was changed.',
  }
}

function saying(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing.' : `has to be ${article(issue.expected)}.`
    case 'invalid_value':
      return `has to be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`
    case 'invalid_union':
      return 'is none of the forms that are known.'
    case 'too_small':
      return issue.origin === 'string' ? 'is empty.' : `is smaller than ${issue.minimum}.`
    case 'too_big':
      return issue.origin === 'string'
        ? `is longer than ${issue.maximum} characters.`
        : `is larger than ${issue.maximum}.`
    case 'invalid_format':
      return issue.pattern?.includes('Cc')
        ? 'has a line break, a tab or another control character in it.'
        : 'does not have the form that is asked for.'
    default:
      return 'is not as asked for.'
  }
}

function remedyFor(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_format' && issue.pattern?.includes('env:'))
    return 'Give a reference, never the secret itself: env:NAME, file:PATH or stdin.'
  return 'Correct it; “identity-setup answers” prints an example and the schema.'
}

function article(type: string): string {
  return /^[aeiou]/.test(type) && type !== 'union' ? `an ${type}` : `a ${type}`
}

function otherVersion(found: unknown, version: number, file: string | undefined): Problem {
  return {
    code: 'answers.version',
    what: `The answers are of version ${JSON.stringify(found)}; this program reads version ${version}.`,
    where: { ...(file === undefined ? {} : { file }), path: 'version' },
    next: 'Write them anew from the example that “identity-setup answers” prints.',
    untouched: 'Nothing was changed.',
  }
}

function notJson(text: string, error: ParseError, file: string | undefined): Problem {
  const before = text.slice(0, error.offset).split('\n')
  return {
    code: 'answers.not-json',
    what: 'The answer file is not valid JSON.',
    where: {
      ...(file === undefined ? {} : { file }),
      line: before.length,
      column: before.at(-1)!.length + 1,
    },
    cause: `${printParseErrorCode(error.error)}.`,
    next: 'Correct it; “identity-setup answers” prints an example.',
    untouched: 'Nothing was changed.',
  }
}
