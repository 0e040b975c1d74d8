import type { SqlValue } from '../values.ts'
import { isSign, isWord, namedBy, saidBy, type Lexeme } from './lexemes.ts'

/** A text that a batch runs, as it will be there. */
export interface DynamicText {
  readonly sql: string
  /** Its parameters as they are declared, such as `@name sysname`; empty without any. */
  readonly declared: string
  /** Names of the parameters that it is given. */
  readonly given: readonly string[]
}

type Values = Map<string, string | null>

/**
 * What `EXEC (…)` and `sp_executesql` of a batch run, put together as the server would: texts, variables, QUOTENAME and
 * `+`, which is all that the product's statements use.
 * @throws Error for what else stands there
 */
export function dynamicTextsIn(
  lexemes: readonly Lexeme[],
  parameters: Readonly<Record<string, SqlValue>>,
): readonly DynamicText[] {
  const values: Values = new Map(
    Object.entries(parameters).map(([name, value]) => [`@${name}`, value === null ? null : String(value)]),
  )
  const texts: DynamicText[] = []
  const reader = new Reader(lexemes)
  while (!reader.ended) {
    if (reader.takeWord('declare')) declare(reader, values)
    else if (reader.takeWord('exec', 'execute')) texts.push(...execute(reader, values))
    else reader.take()
  }
  return texts
}

class Reader {
  readonly #lexemes: readonly Lexeme[]
  #at = 0

  constructor(lexemes: readonly Lexeme[]) {
    this.#lexemes = lexemes
  }

  get ended(): boolean {
    return this.#at >= this.#lexemes.length
  }

  get next(): Lexeme | undefined {
    return this.#lexemes[this.#at]
  }

  take(): Lexeme {
    const { next } = this
    if (!next) throw new Error('The text ends where more is expected.')
    this.#at += 1
    return next
  }

  takeWord(...words: readonly string[]): boolean {
    const there = isWord(this.next, ...words)
    if (there) this.#at += 1
    return there
  }

  takeSign(sign: string): boolean {
    const there = isSign(this.next, sign)
    if (there) this.#at += 1
    return there
  }
}

/** `@name type = value`, divided by commas; a variable without a value is null. */
function declare(reader: Reader, values: Values): void {
  do {
    const name = reader.take().text
    reader.take()
    if (reader.takeSign('(')) while (!reader.takeSign(')')) reader.take()
    values.set(name, reader.takeSign('=') ? sum(reader, values) : null)
  } while (reader.takeSign(','))
}

function execute(reader: Reader, values: Values): readonly DynamicText[] {
  if (reader.takeSign('(')) {
    const sql = sum(reader, values)
    return [{ sql: notNull(sql), declared: '', given: [] }]
  }
  if (!runsText(procedureOf(reader, values))) return []
  const [statement = null, declared = '', ...rest] = argumentsOf(reader, values)
  const given = rest.map((argument) => /^(@[^\s=]+)=/.exec(argument ?? '')?.[1] ?? '')
  return [{ sql: notNull(statement), declared: notNull(declared), given }]
}

/** The name of the procedure, which may stand in a variable. */
function procedureOf(reader: Reader, values: Values): string {
  if (reader.next?.kind === 'variable') return values.get(reader.take().text) ?? ''
  let name = ''
  while (reader.next && (['word', 'name'].includes(reader.next.kind) || isSign(reader.next, '.'))) {
    const piece = reader.take()
    name += piece.kind === 'name' ? namedBy(piece) : piece.text
    if (!isSign(reader.next, '.') && piece.text !== '.') break
  }
  return name
}

function runsText(procedure: string): boolean {
  return /(?:^|\.)sp_executesql$/.test(procedure)
}

/** Values by position; those by name keep it, as in `@name=value`. */
function argumentsOf(reader: Reader, values: Values): readonly (string | null)[] {
  const list: (string | null)[] = []
  do {
    const first = reader.next
    const value = sum(reader, values)
    if (first?.kind === 'variable' && reader.takeSign('='))
      list.push(`${first.text}=${sum(reader, values) ?? ''}`)
    else list.push(value)
  } while (reader.takeSign(','))
  return list
}

/** A null makes the whole null, as the server has it. */
function sum(reader: Reader, values: Values): string | null {
  let value = term(reader, values)
  while (reader.takeSign('+')) {
    const more = term(reader, values)
    value = value === null || more === null ? null : value + more
  }
  return value
}

function term(reader: Reader, values: Values): string | null {
  const lexeme = reader.take()
  if (lexeme.kind === 'text') return saidBy(lexeme)
  if (lexeme.kind === 'number') return lexeme.text
  // The callee's parameter in `@name = value` has no value here.
  if (lexeme.kind === 'variable') return values.get(lexeme.text) ?? null
  if (isWord(lexeme, 'quotename') && reader.takeSign('(')) {
    const name = sum(reader, values)
    const quote = reader.takeSign(',') ? sum(reader, values) : '['
    reader.takeSign(')')
    return quoted(name, quote)
  }
  throw new Error(`The responder does not know what ${lexeme.text} makes here.`)
}

/** Of more than 128 characters QUOTENAME makes nothing. https://learn.microsoft.com/sql/t-sql/functions/quotename-transact-sql */
function quoted(name: string | null, quote: string | null): string | null {
  if (name === null || quote === null || name.length > 128) return null
  const close = quote === '[' ? ']' : quote
  return quote + name.replaceAll(close, close + close) + close
}

function notNull(sql: string | null): string {
  if (sql === null) throw new Error('A null is run, which does nothing and is no error.')
  return sql
}
