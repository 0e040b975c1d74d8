import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'
import type * as z from 'zod/mini'
import type { Problem } from '../contract/problem.ts'

export type AnswersResult<T> = { readonly answers: T } | { readonly problems: readonly Problem[] }

/** Real answers have a few kilobytes; what is longer is another file. */
const LONGEST = 1024 * 1024

/**
 * Reads an answer file's text. Everything wrong with it is said at once, each with its path (`container.httpPort`)
 * or, where it is not even JSON, with line and column. A key that the schema does not know is an error: it is
 * usually a misspelt one. So is a key that stands there twice: nobody can tell which of them was meant.
 */
export function readAnswers<T>(
  text: string,
  schema: z.ZodMiniType<T>,
  version: number,
  file?: string,
): AnswersResult<T> {
  const json = text.replace(/^\uFEFF/, '')
  const read = readJson(json, file)
  if ('problem' in read) return { problems: [read.problem] }
  const doubles = doubleKeys(read.root).map(({ path, offset }) => doubled(path, placeOf(json, offset), file))
  if (doubles.length > 0) return { problems: doubles }
  return checkAnswers(JSON.parse(json) as unknown, schema, version, file)
}

function readJson(
  json: string,
  file: string | undefined,
): { readonly root: Node | undefined } | { readonly problem: Problem } {
  if (json.length > LONGEST) return { problem: notJson('It is longer than answers can be.', file) }
  const errors: ParseError[] = []
  try {
    const root = parseTree(json, errors, { disallowComments: true, allowTrailingComma: false })
    const [first] = errors
    if (!first) return { root }
    return { problem: notJson(sentence(printParseErrorCode(first.error)), file, placeOf(json, first.offset)) }
  } catch (error) {
    if (error instanceof RangeError) return { problem: notJson('It is nested too deeply.', file) }
    throw error
  }
}

/** Keys that an object has twice: reading on, the last one would win without a word. */
function doubleKeys(
  node: Node | undefined,
  path: readonly string[] = [],
): { readonly path: readonly string[]; readonly offset: number }[] {
  const seen = new Set<string>()
  return (node?.children ?? []).flatMap((child, index) => {
    if (child.type !== 'property') return doubleKeys(child, [...path, String(index)])
    const [key, value] = child.children ?? []
    const name = String(key?.value)
    const own = [...path, name]
    const twice = seen.has(name) ? [{ path: own, offset: child.offset }] : []
    seen.add(name)
    return [...twice, ...doubleKeys(value, own)]
  })
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
  const result = schema.safeParse(data, { reportInput: true })
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
    what: name === '' ? 'The answers are not a JSON object.' : `“${name}” ${says}`,
    where: { ...(file === undefined ? {} : { file }), path: name },
    next,
    untouched: 'Nothing was changed.',
  }
}

function saying(issue: z.core.$ZodIssue): string {
  if ('input' in issue && issue.input === undefined && issue.code !== 'unrecognized_keys')
    return 'is missing.'
  switch (issue.code) {
    case 'invalid_type':
      return `has to be ${article(issue.expected)}.`
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
  // Where the schema says more than zod does by itself, that is the remedy.
  if (issue.code === 'invalid_format' && !issue.message.startsWith('Invalid')) return issue.message
  return 'Correct it; “identity-setup answers” prints an example and the schema.'
}

function article(type: string): string {
  if (type === 'int') return 'a whole number'
  return /^[aeiou]/.test(type) && type !== 'union' ? `an ${type}` : `a ${type}`
}

function otherVersion(found: unknown, version: number, file: string | undefined): Problem {
  const shown = typeof found === 'object' ? 'another kind' : `version ${JSON.stringify(found).slice(0, 40)}`
  return {
    code: 'answers.version',
    what: `The answers are of ${shown}; this program reads version ${version}.`,
    where: { ...(file === undefined ? {} : { file }), path: 'version' },
    next: 'Write them anew from the example that “identity-setup answers” prints.',
    untouched: 'Nothing was changed.',
  }
}

interface Place {
  readonly line: number
  readonly column: number
}

function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

function doubled(path: readonly string[], place: Place, file: string | undefined): Problem {
  const name = path.join('.')
  return {
    code: 'answers.invalid',
    what: `“${name}” stands there twice.`,
    where: { ...(file === undefined ? {} : { file }), ...place, path: name },
    next: 'Keep the one that is meant.',
    untouched: 'Nothing was changed.',
  }
}

function notJson(cause: string, file: string | undefined, place?: Place): Problem {
  return {
    code: 'answers.not-json',
    what: 'The answer file is not valid JSON.',
    where: { ...(file === undefined ? {} : { file }), ...place },
    cause,
    next: 'Correct it; “identity-setup answers” prints an example.',
    untouched: 'Nothing was changed.',
  }
}

/** `PropertyNameExpected` → `Property name expected.` */
function sentence(code: string): string {
  const words = code.replaceAll(
    /([a-z])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  )
  return `${words}.`
}
