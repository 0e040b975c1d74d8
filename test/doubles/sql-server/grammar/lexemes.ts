/** A piece of Transact-SQL: a word, a delimited name, a text, a variable, a number or a sign. */
export interface Lexeme {
  readonly kind: 'word' | 'name' | 'text' | 'variable' | 'number' | 'sign'
  /** As it stands there. */
  readonly text: string
  /** Offset of its first character. */
  readonly start: number
  /** From 1. */
  readonly line: number
}

const PIECES = new RegExp(
  [
    String.raw`(?<blank>\s+|--[^\r\n]*|/\*[^]*?\*/)`,
    String.raw`(?<text>N?'(?:[^']|'')*')`,
    String.raw`(?<name>\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*")`,
    String.raw`(?<variable>@[\p{L}\p{N}_#$@]*)`,
    String.raw`(?<word>[\p{L}_#][\p{L}\p{N}_@#$]*)`,
    String.raw`(?<number>0x[0-9A-Fa-f]*|\d+(?:\.\d+)?)`,
    String.raw`(?<sign>[^])`,
  ].join('|'),
  'gu',
)

/**
 * Cuts Transact-SQL into its pieces, without comments and spaces. A quotation mark or bracket that nothing closes is a sign.
 * https://learn.microsoft.com/sql/relational-databases/databases/database-identifiers
 */
export function lexemesOf(sql: string): readonly Lexeme[] {
  const lexemes: Lexeme[] = []
  let line = 1
  for (const { 0: text, index: start, groups = {} } of sql.matchAll(PIECES)) {
    const [kind] = Object.entries(groups).find(([, found]) => found !== undefined)!
    if (kind !== 'blank') lexemes.push({ kind: kind as Lexeme['kind'], text, start, line })
    line += text.split('\n').length - 1
  }
  return lexemes
}

/** Whether this is one of these words, in any case. */
export function isWord(lexeme: Lexeme | undefined, ...words: readonly string[]): boolean {
  return lexeme?.kind === 'word' && words.includes(lexeme.text.toLowerCase())
}

/** Whether this is that sign. */
export function isSign(lexeme: Lexeme | undefined, sign: string): boolean {
  return lexeme?.kind === 'sign' && lexeme.text === sign
}

/** What a text in quotation marks says. */
export function saidBy({ text }: Lexeme): string {
  return text.slice(text.indexOf("'") + 1, -1).replaceAll("''", "'")
}

/** The name in brackets or quotation marks. */
export function namedBy({ text }: Lexeme): string {
  const close = text.at(-1)!
  return text.slice(1, -1).replaceAll(close + close, close)
}
