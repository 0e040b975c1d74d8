import { createHash } from 'node:crypto'

/** A value of the little PowerShell that exported scripts are made of. */
type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value } | Held

/** A secret as PowerShell holds it: it is text only once it is taken out. */
class Held {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export interface Call {
  readonly name: string
  readonly args: readonly Value[]
  readonly named: Readonly<Record<string, Value>>
  /** That its answer is kept in. */
  readonly variable?: string
}

export interface Interpreted {
  /** What is called before anything is changed. */
  readonly checks: readonly Call[]
  readonly prompts: readonly string[]
  /** Variables that get a secret which the script makes. */
  readonly made: readonly string[]
  /** What each step calls, by its title. */
  readonly steps: readonly { readonly title: string; readonly calls: readonly Call[] }[]
  readonly calls: readonly Call[]
}

/**
 * Reads what an exported script would do, with these secrets typed at its prompts or made, by the name of their
 * variables. Written without a look at how the program prints; it knows the rules of PowerShell, not the printer's.
 */
export function interpret(script: string, secrets: Readonly<Record<string, string>>): Interpreted {
  const text = script.replaceAll('\r\n', '\n')
  const body = /^try \{\n([\s\S]*?)\n\}\ncatch \{/m.exec(text)?.[1]
  if (body === undefined) throw new Error('No body.')
  const reader = new Reader(body, secrets)
  const checks: Call[] = []
  const prompts: string[] = []
  const made: string[] = []
  const steps: { title: string; calls: Call[] }[] = []
  for (const statement of reader.statements()) {
    if (typeof statement === 'string') {
      if (statement.startsWith('Step ')) steps.push({ title: statement, calls: [] })
    } else if (statement.name === 'Read-Secret') prompts.push(String(statement.args[0]))
    else if (statement.name === 'New-Secret') made.push(statement.variable!)
    else if (steps.length === 0) checks.push(statement)
    else steps.at(-1)!.calls.push(statement)
  }
  return { checks, prompts, made, steps, calls: steps.flatMap((step) => step.calls) }
}

const QUOTES = "'\u2018\u2019\u201a\u201b"

class Reader {
  readonly #text: string
  readonly #variables = new Map<string, Value>()
  readonly #secrets: Readonly<Record<string, string>>
  #at = 0

  constructor(text: string, secrets: Readonly<Record<string, string>>) {
    this.#text = text
    this.#secrets = secrets
  }

  /** Titles as text, and calls. */
  *statements(): Generator<string | Call> {
    for (this.#space(true); this.#at < this.#text.length; this.#space(true)) {
      const assigned = this.#match(/\$(\w+) = /y)
      if (assigned?.[1] === 'changed') {
        this.#match(/\$true/y)
        continue
      }
      if (assigned?.[1] === 'step') {
        const title = this.#expression()
        this.#variables.set('step', title)
        yield String(title)
        continue
      }
      const value = assigned && !this.#sees(/[A-Z][a-z]+-/y) ? this.#expression() : this.#call()
      if (assigned === undefined) {
        const call = value as Call
        if (call.name !== 'Write-Host') yield call
        continue
      }
      const name = assigned[1]!
      if (isCall(value)) {
        this.#variables.set(name, new Held(this.#secrets[name] ?? fail(`no secret ${name}`)))
        yield { ...value, variable: name }
      } else this.#variables.set(name, value)
    }
  }

  #expression(): Value {
    let value = this.#term()
    for (;;) {
      this.#space()
      if (!this.#match(/\+\s*/y)) return value
      value = `${textOf(value)}${textOf(this.#term())}`
    }
  }

  #term(): Value {
    this.#space()
    if (this.#sees(new RegExp(`[${QUOTES}]`, 'y'))) return this.#literal()
    if (this.#match(/@\(/y)) return this.#list()
    if (this.#match(/@\{/y)) return this.#table()
    if (this.#match(/\(/y)) return this.#inside()
    const sign = this.#match(/\[char\] (\d+)/y)
    if (sign) return String.fromCharCode(Number(sign[1]))
    const number = this.#match(/\d+/y)
    if (number) return Number(number[0])
    const name = this.#match(/\$(\w+)/y)?.[1]
    if (name === 'true' || name === 'false') return name === 'true'
    return name === undefined ? this.#stuck() : (this.#variables.get(name) ?? fail(`no variable ${name}`))
  }

  /** Any of the single quotation marks ends it; two of them are one. */
  #literal(): string {
    let text = ''
    for (this.#at++; ; this.#at++) {
      const sign = this.#text[this.#at]
      if (sign === undefined) return fail('an open literal')
      if (QUOTES.includes(sign)) {
        if (!QUOTES.includes(this.#text[this.#at + 1] ?? '\n')) break
        this.#at++
      }
      text += sign
    }
    this.#at++
    return text
  }

  #list(): Value[] {
    const found: Value[] = []
    for (this.#space(true); !this.#match(/\)/y); this.#space(true)) {
      found.push(this.#expression())
      this.#match(/\s*,/y)
    }
    return found
  }

  #table(): Value {
    const found: Record<string, Value> = {}
    for (this.#space(true); !this.#match(/\}/y); this.#space(true)) {
      const key = this.#match(/(\w+) = /y)?.[1] ?? this.#stuck()
      found[key] = this.#expression()
      this.#match(/\s*;/y)
    }
    return found
  }

  #inside(): Value {
    const joins = this.#match(/-join /y)
    const value = joins
      ? (this.#expression() as Value[]).map(textOf).join('')
      : this.#sees(/[A-Z][a-z]+[A-Za-z0-9]*-/y)
        ? answerOf(this.#call())
        : this.#expression()
    this.#space()
    if (!this.#match(/\)/y)) this.#stuck()
    return value
  }

  #call(): Call {
    const name = this.#match(/[A-Z][A-Za-z0-9]*-[A-Z][A-Za-z0-9]*/y)?.[0] ?? this.#stuck()
    const args: Value[] = []
    const named: Record<string, Value> = {}
    while (this.#match(/ +/y)) {
      const parameter = this.#match(/-(\w+) /y)?.[1]
      if (parameter === undefined) args.push(this.#term())
      else named[parameter] = this.#term()
    }
    return { name, args, named }
  }

  #space(lines = false): void {
    if (lines) while (this.#match(/\s+|#[^\n]*/y));
    else this.#match(/ +/y)
  }

  #sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    return pattern.test(this.#text)
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text) ?? undefined
    if (found) this.#at += found[0].length
    return found
  }

  #stuck(): never {
    return fail(`stuck at: ${this.#text.slice(this.#at, this.#at + 80)}`)
  }
}

function fail(what: string): never {
  throw new Error(what)
}

function isCall(value: Value | Call): value is Call {
  return typeof value === 'object' && 'args' in value
}

/** Text is made of texts only: a secret that nobody took out would print as the name of its type. */
function textOf(value: Value): string {
  return typeof value === 'string' ? value : fail(`${JSON.stringify(value)} is no text`)
}

/** What the functions of the library answer, where that is a part of an expression. */
function answerOf({ name, args, named }: Call): Value {
  const [first, second] = args
  switch (name) {
    case 'Get-PlainText':
      return first instanceof Held ? first.text : fail('Get-PlainText takes a secret')
    case 'ConvertTo-JsonText':
      return JSON.stringify(textOf(first!)).slice(1, -1)
    case 'ConvertTo-ConnectionText':
      return connectionValue(textOf(first!), second as string | undefined)
    case 'ConvertTo-XmlText':
      return Array.from(textOf(first!), (sign) =>
        /[ -~]/.test(sign) && !`&<>"'`.includes(sign)
          ? sign
          : `&#x${sign.codePointAt(0)!.toString(16).toUpperCase()};`,
      ).join('')
    case 'Get-Thumbprint':
      return `<thumbprint of ${textOf(named['Path']!)}>`
    default:
      return fail(`${name} answers nothing`)
  }
}

function connectionValue(text: string, wish: string | undefined): string {
  if (wish === undefined && !/[\s\p{Cc}"'=;]/u.test(text)) return text
  const quote = wish ?? (text.includes('"') && !text.includes("'") ? "'" : '"')
  return quote + text.replaceAll(quote, quote + quote) + quote
}

/** The bytes that `Edit-TextFile` makes of a file; refuses another file than the one it is for, as the script does. */
export function patched(bytes: Uint8Array, { named }: Call): Buffer {
  if (createHash('sha256').update(bytes).digest('hex') !== named['Hash']) fail('another file')
  const mark = Buffer.from(bytes)
    .subarray(0, 3)
    .equals(Buffer.of(0xef, 0xbb, 0xbf))
    ? 3
    : 0
  let text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(mark))
  for (const edit of (named['Edits'] as Record<string, Value>[]).toReversed()) {
    const offset = edit['Offset'] as number
    const added = (edit['New'] as Value[]).map(textOf).join('')
    text = text.slice(0, offset) + added + text.slice(offset + (edit['Old'] as number))
  }
  return Buffer.concat([bytes.subarray(0, mark), Buffer.from(text)])
}
