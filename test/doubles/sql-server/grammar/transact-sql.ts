/* oxlint-disable no-console -- the grammar says there, and nowhere else, what is no piece of the language */
import { importer } from '@dbml/core'
import { isSign, isWord, lexemesOf, type Lexeme } from './lexemes.ts'

/** Where a text is no Transact-SQL. */
export interface SyntaxProblem {
  /** From 1. */
  readonly line: number
  /** Offset of what does not fit; that of the end where more is expected. */
  readonly offset: number
}

interface Diagnosis {
  /** Set where a text was read, and its tables do not fit together: such as a reference to one that it does not make. */
  readonly error?: string
  readonly location?: { readonly start: { readonly line: number; readonly column: number } }
}

/**
 * Reads a batch by the grammar of Transact-SQL that the ANTLR community keeps (grammars-v4).
 * @returns where it cannot be read; nothing when it can
 */
export function syntaxProblemIn(sql: string): SyntaxProblem | undefined {
  for (const text of singlePermissions(sql)) {
    const problem = read(text)
    if (problem) return problem
  }
  return undefined
}

function read(sql: string): SyntaxProblem | undefined {
  const unknown: string[] = []
  // What is no piece of the language at all is left out by the grammar, and said on the console only.
  const say = console.error
  console.error = (said: unknown) => unknown.push(String(said))
  try {
    importer.import(sql, 'mssql')
  } catch (error) {
    const [first] = (error as { readonly diags?: readonly Diagnosis[] }).diags ?? []
    if (first?.error !== undefined) return undefined
    const { line = 1, column = sql.length } = first?.location?.start ?? {}
    return problemAt(sql, line, column)
  } finally {
    console.error = say
  }
  const [, line, column] = /^line (\d+):(\d+) /.exec(unknown[0] ?? '') ?? []
  return line === undefined ? undefined : problemAt(sql, Number(line), Number(column))
}

/** The line counts from 1, the column from 0. */
function problemAt(sql: string, line: number, column: number): SyntaxProblem {
  const before = sql.split('\n').slice(0, line - 1)
  return { line, offset: before.reduce((sum, { length }) => sum + length + 1, column) }
}

/** From the first character to behind the last one. */
interface Span {
  readonly start: number
  readonly end: number
}

/**
 * The one thing that the grammar takes for an error and Microsoft allows: GRANT with a list of permissions, of which it
 * reads one. Each text has one permission of each list; the others are blank, so that lines and columns stay.
 * https://learn.microsoft.com/sql/t-sql/statements/grant-transact-sql
 */
function singlePermissions(sql: string): readonly string[] {
  const lists = permissionLists(lexemesOf(sql))
  const longest = Math.max(1, ...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, at) =>
    lists.reduce((text, list) => {
      const kept = list[Math.min(at, list.length - 1)]!
      const before = blanked(text, { start: list[0]!.start, end: kept.start })
      return blanked(before, { start: kept.end, end: list.at(-1)!.end })
    }, sql),
  )
}

/** What stands between GRANT and ON or TO, where commas divide it. */
function permissionLists(lexemes: readonly Lexeme[]): readonly (readonly Span[])[] {
  return lexemes.flatMap((lexeme, at) => {
    if (!isWord(lexeme, 'grant')) return []
    const end = lexemes.findIndex((each, index) => index > at && isWord(each, 'on', 'to'))
    const list = divided(lexemes.slice(at + 1, end))
    return list.length > 1 ? [list] : []
  })
}

function divided(lexemes: readonly Lexeme[]): readonly Span[] {
  const parts: Lexeme[][] = [[]]
  for (const lexeme of lexemes)
    if (isSign(lexeme, ',')) parts.push([])
    else parts.at(-1)!.push(lexeme)
  // A comma with nothing at one side of it is an error, which the grammar is to find.
  if (parts.some(({ length }) => length === 0)) return []
  return parts.map((part) => ({ start: part[0]!.start, end: part.at(-1)!.start + part.at(-1)!.text.length }))
}

function blanked(text: string, { start, end }: Span): string {
  return text.slice(0, start) + text.slice(start, end).replaceAll(/[^\r\n]/g, ' ') + text.slice(end)
}
