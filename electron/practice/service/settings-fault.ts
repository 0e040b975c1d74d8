const ESCAPED = 'The string should be correctly escaped.'

/** A backslash that starts no escape: an even number of backslashes stands before it. */
const BAD_ESCAPE = /(?<=(?<!\\)(?:\\\\)*\\)[^"\\/bfnrtu]/

/**
 * The first fault of a JSON text in the words of System.Text.Json, which counts lines and bytes from 0.
 * `kind` is jsonc-parser's name of it, `offset` and `length` say where it saw it.
 */
export function jsonFault(text: string, kind: string | undefined, offset: number, length: number): string {
  const [at, what] = fault(text, kind, offset, length)
  const lines = text.slice(0, at).split('\n')
  return `${what} LineNumber: ${lines.length - 1} | BytePositionInLine: ${Buffer.byteLength(lines.at(-1)!)}.`
}

function fault(
  text: string,
  kind: string | undefined,
  offset: number,
  length: number,
): readonly [at: number, what: string] {
  if (kind === 'InvalidEscapeCharacter') {
    const escape = offset + Math.max(0, text.slice(offset).search(BAD_ESCAPE))
    return [escape, `'${text[escape]}' is an invalid escapable character within a JSON string. ${ESCAPED}`]
  }
  if (offset >= text.trimEnd().length || offset + length >= text.length)
    return [text.length, 'Expected start of a property name or value, but instead reached end of data.']
  if (kind === 'UnexpectedEndOfString')
    return [offset + length, `'0x0D' is invalid within a JSON string. ${ESCAPED}`]
  if (kind === 'CommaExpected' || kind === 'EndOfFileExpected')
    return [offset, `'${text[offset]}' is invalid after a value. Expected either ',', '}', or ']'.`]
  return [offset, `'${text[offset]}' is an invalid start of a property name or value.`]
}
