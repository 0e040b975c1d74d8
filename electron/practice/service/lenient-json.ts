import { StartFailure } from './failure.ts'

/** A value with the place where Newtonsoft.Json stands after reading it; its errors name that place. */
export interface JsonNode {
  readonly value: string | number | boolean | null | readonly JsonNode[] | ReadonlyMap<string, JsonNode>
  readonly place: string
}

const READER = 'Newtonsoft.Json.JsonReaderException'
const SERIALIZER = 'Newtonsoft.Json.JsonSerializationException'
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const WORDS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
])

/**
 * Reads JSON as Newtonsoft.Json does, which takes more than the standard: strings in single quotes, bare names
 * of properties, comments, a comma before the closing bracket. Throws a StartFailure in its words.
 */
export function readLenientJson(text: string): JsonNode {
  const reader = new Reader(text)
  const node = reader.value('')
  reader.end()
  return node
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(path: string): JsonNode {
    const next = this.#next()
    if (next === '[') return this.#array(path)
    if (next === '{') return this.#object(path)
    const value = next === '"' || next === "'" ? this.#string(path) : this.#bare(path)
    return { value, place: this.#place(path) }
  }

  end(): void {
    const next = this.#next()
    if (next === undefined) return
    this.#at++
    this.#fail(READER, `Additional text encountered after finished reading JSON content: ${next}.`, '')
  }

  #array(path: string): JsonNode {
    const items: JsonNode[] = []
    this.#at++
    for (;;) {
      const item = `${path}[${items.length}]`
      if (this.#next() === undefined) this.#fail(SERIALIZER, 'Unexpected end when deserializing array.', path)
      if (this.#next() === ']') break
      items.push(this.value(item))
      if (this.#separated(']', item, 'array')) continue
      break
    }
    this.#at++
    return { value: items, place: this.#place(path) }
  }

  #object(path: string): JsonNode {
    const members = new Map<string, JsonNode>()
    this.#at++
    let last = path
    for (;;) {
      const next = this.#next()
      if (next === undefined) this.#fail(SERIALIZER, 'Unexpected end when deserializing object.', last)
      if (next === '}') break
      const name = this.#name(path)
      last = path === '' ? name : `${path}.${name}`
      const colon = this.#next()
      if (colon === undefined) this.#fail(SERIALIZER, 'Unexpected end when deserializing object.', last)
      if (colon !== ':')
        this.#fail(
          READER,
          `Invalid character after parsing property name. Expected ':' but got: ${colon}.`,
          last,
        )
      this.#at++
      if (this.#next() === undefined)
        this.#fail(SERIALIZER, 'Unexpected end when deserializing object.', last)
      members.set(name, this.value(last))
      if (!this.#separated('}', last, 'object')) break
    }
    this.#at++
    return { value: members, place: this.#place(path) }
  }

  /** Whether a comma leads on; false at the closing bracket, which is left to be read. */
  #separated(close: string, path: string, kind: string): boolean {
    const next = this.#next()
    if (next === undefined) this.#fail(SERIALIZER, `Unexpected end when deserializing ${kind}.`, path)
    if (next === close) return false
    this.#at++
    if (next !== ',')
      this.#fail(READER, `After parsing a value an unexpected character was encountered: ${next}.`, path)
    return true
  }

  #name(path: string): string {
    const next = this.#next()!
    if (next === '"' || next === "'") return this.#string(path)
    const bare = this.#match(/[\w$]+/y)
    if (bare === undefined) this.#fail(READER, `Invalid property identifier character: ${next}.`, path)
    return bare
  }

  #string(path: string): string {
    const quote = this.#text[this.#at++]!
    let value = ''
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at]!
      if (character === quote) {
        this.#at++
        return value
      }
      value += character === '\\' ? this.#escape(path) : character
    }
    this.#fail(READER, `Unterminated string. Expected delimiter: ${quote}.`, path)
  }

  /** The character that a backslash stands for; left on its last character. */
  #escape(path: string): string {
    const letter = this.#text[++this.#at] ?? ''
    if (letter === 'u') {
      const digits = this.#text.slice(this.#at + 1, this.#at + 5)
      if (!/^[\da-f]{4}$/i.test(digits))
        this.#fail(READER, `Invalid Unicode escape sequence: \\u${digits}.`, path)
      this.#at += 4
      return String.fromCharCode(Number.parseInt(digits, 16))
    }
    if ('"\'\\/'.includes(letter) && letter !== '') return letter
    return ESCAPES[letter] ?? this.#fail(READER, `Bad JSON escape sequence: \\${letter}.`, path)
  }

  #bare(path: string): number | boolean | null {
    const word = this.#match(/[\w.+-]+/y) ?? ''
    if (WORDS.has(word)) return WORDS.get(word)!
    if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(word)) return Number(word)
    this.#at -= word.length
    const wrong = this.#text[this.#at] ?? ''
    this.#fail(READER, `Unexpected character encountered while parsing value: ${wrong}.`, path)
  }

  /** The next character that counts, past blanks and comments; undefined at the end. */
  #next(): string | undefined {
    this.#match(/(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)+/y)
    return this.#text[this.#at]
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  #place(path: string): string {
    const lines = this.#text.slice(0, this.#at).split('\n')
    const line = this.#at === 0 ? 0 : lines.length
    return `Path '${path}', line ${line}, position ${lines.at(-1)!.length}.`
  }

  #fail(type: string, what: string, path: string): never {
    throw new StartFailure(type, `${what} ${this.#place(path)}`)
  }
}
