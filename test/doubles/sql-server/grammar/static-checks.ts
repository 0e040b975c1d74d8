import type { ServerMessage } from '../tokens.ts'
import type { SqlValue } from '../values.ts'
import { askGrammar } from './ask.ts'
import { dynamicTextsIn } from './dynamic-sql.ts'
import { isSign, isWord, lexemesOf, namedBy, type Lexeme } from './lexemes.ts'
import { declaredIn, variablesOf } from './variables.ts'

/** A batch, or a statement for sp_executesql. */
export interface CheckedText {
  readonly sql: string
  /** The parameters as they are declared, such as `@id nvarchar(200)`; empty without any. */
  readonly declared: string
  /** What is given for them, by name without `@`. */
  readonly parameters: Readonly<Record<string, SqlValue>>
  readonly inTransaction: boolean
}

/**
 * What a server says of a text before anything of it runs; also of the texts that it runs with EXECUTE. Stricter than a
 * server: it wants parameters to be used, reserved words in brackets, N before texts with letters beyond ASCII, and no null run.
 * https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors
 */
export async function refusalOf(checked: CheckedText): Promise<ServerMessage | undefined> {
  const lexemes = lexemesOf(checked.sql)
  const refusal =
    (await syntaxIn(checked.sql, lexemes)) ??
    (await parametersIn(checked, lexemes)) ??
    textsIn(lexemes) ??
    placesIn(lexemes, checked.inTransaction)
  return refusal ?? dynamicIn(checked, lexemes)
}

/** `line` counts from 1. Class 15 is for errors of syntax. */
function incorrect(number: number, text: string, line: number): ServerMessage {
  return { number, text, line, class: 15 }
}

async function syntaxIn(sql: string, lexemes: readonly Lexeme[]): Promise<ServerMessage | undefined> {
  const open = lexemes.find((lexeme) => ["'", '"', '['].some((sign) => isSign(lexeme, sign)))
  if (open)
    return incorrect(
      105,
      `Unclosed quotation mark after the character string '${sql.slice(open.start + 1)}'.`,
      open.line,
    )
  // The grammar reads files; GO ends a batch there, and a server does not know it.
  const go = lexemes.find(
    (lexeme, at) =>
      isWord(lexeme, 'go') && lexemes[at - 1]?.line !== lexeme.line && lexemes[at + 1]?.line !== lexeme.line,
  )
  if (go) return incorrect(102, `Incorrect syntax near '${go.text}'.`, go.line)
  const problem = await askGrammar(sql)
  if (!problem) return undefined
  const near = lexemes.find(({ start }) => start >= problem.offset) ?? lexemes.at(-1)
  return incorrect(102, `Incorrect syntax near '${near?.text ?? ''}'.`, problem.line)
}

async function parametersIn(
  { declared, parameters }: CheckedText,
  lexemes: readonly Lexeme[],
): Promise<ServerMessage | undefined> {
  const given = Object.keys(parameters).map((name) => `@${name}`)
  const names = declaredIn(lexemesOf(declared))
  if (declared !== '' && (await askGrammar(`declare ${declared}`)))
    return incorrect(102, `Incorrect syntax near '${declared}'.`, 1)
  const missing = names.find((name) => !given.includes(name))
  if (missing !== undefined)
    return {
      number: 8178,
      text: `The parameterized query '(${declared})' expects the parameter '${missing}', which was not supplied.`,
    }
  const strange = given.find((name) => !names.includes(name))
  if (strange !== undefined)
    return { number: 8145, text: `${strange} is not a parameter for procedure sp_executesql.` }
  const { used, undeclared } = variablesOf(lexemes, names)
  if (undeclared)
    return incorrect(137, `Must declare the scalar variable "${undeclared.text}".`, undeclared.line)
  const idle = names.find((name) => !used.has(name))
  return idle === undefined ? undefined : ours(`The parameter ${idle} is given, and not used.`)
}

/**
 * Reserved words that the grammar takes for names; a server takes some of them, too.
 * https://learn.microsoft.com/sql/t-sql/language-elements/reserved-keywords-transact-sql
 */
const RESERVED = ['add', 'dbcc', 'precision']

const LONGEST_NAME = 128

function textsIn(lexemes: readonly Lexeme[]): ServerMessage | undefined {
  for (const [at, lexeme] of lexemes.entries()) {
    const { kind, text, line } = lexeme
    const before = lexemes[at - 1]
    if (isWord(lexeme, ...RESERVED) && (isWord(before, 'as') || isSign(before, '.')))
      return ours(`The reserved word ${text} stands for a name without brackets.`)
    if (kind === 'text' && !text.startsWith('N') && /[^\0-\x7F]/.test(text))
      return ours(`Letters of ${text} are lost without an N before it.`)
    if (kind === 'name' && namedBy(lexeme) === '')
      return incorrect(1038, 'An object or column name is missing or empty.', line)
    if (kind === 'name' && namedBy(lexeme).length > LONGEST_NAME)
      return incorrect(
        103,
        `The identifier that starts with '${text.slice(1, 129)}' is too long. Maximum length is 128.`,
        line,
      )
  }
  return undefined
}

const FIRST_IN_BATCH = ['schema', 'view', 'procedure', 'proc', 'function', 'trigger', 'default', 'rule']

/** Statements that must be the first of their batch, or must stand outside of transactions. */
function placesIn(lexemes: readonly Lexeme[], inTransaction: boolean): ServerMessage | undefined {
  for (const [at, lexeme] of lexemes.entries()) {
    const object = lexemes[at + 1]
    const before = lexemes[at - 1]
    // A right of that name.
    if (!object || isWord(before, 'grant', 'deny', 'revoke') || isSign(before, ',')) continue
    const statement = `${lexeme.text} ${object.text}`.toUpperCase()
    if (at > 0 && isWord(lexeme, 'create') && isWord(object, ...FIRST_IN_BATCH))
      return incorrect(111, `'${statement}' must be the first statement in a query batch.`, lexeme.line)
    if (inTransaction && isWord(lexeme, 'create', 'alter') && isWord(object, 'database'))
      return { number: 226, text: `${statement} statement not allowed within multi-statement transaction.` }
    if (inTransaction && isWord(lexeme, 'drop') && isWord(object, 'database'))
      return { number: 574, text: `${statement} statement cannot be used inside a user transaction.` }
  }
  return undefined
}

async function dynamicIn(
  { parameters, inTransaction }: CheckedText,
  lexemes: readonly Lexeme[],
): Promise<ServerMessage | undefined> {
  try {
    for (const { sql, declared, given } of dynamicTextsIn(lexemes, parameters)) {
      const inner = Object.fromEntries(given.map((name) => [name.replace(/^@/, ''), null]))
      const refusal = await refusalOf({ sql, declared, parameters: inner, inTransaction })
      if (refusal) return refusal
    }
    return undefined
  } catch (error) {
    return ours(String(error))
  }
}

/** A refusal that no server knows. */
function ours(text: string): ServerMessage {
  return { number: 50_000, text }
}
