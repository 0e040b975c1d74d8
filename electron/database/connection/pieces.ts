import { Secret } from '../../secrets/secret.ts'
import { printValue, readKeywordValues } from './keyword-values.ts'
import { secretValues } from './secret-values.ts'

/** A value of a connection string that must not be shown. */
export interface HiddenValue {
  /** As written, such as `Password` or `SSL Password`. */
  readonly keyword: string
  readonly value: Secret
  /** The quotes that it is written in where they are others than it needs; `auto`: those that it needs. */
  readonly quote: 'auto' | '"' | "'"
}

/**
 * A connection string in pieces: text that may be shown, and the secrets in it. Put together again with the same
 * secrets it is the same text, but for quotes that a value needs and did not have: a password that a “;” cuts off is
 * one value here.
 * @throws SetupError `database.connection-string` when the text is not one.
 */
export function connectionPieces(text: Secret): readonly (string | HiddenValue)[] {
  const plain = text.open()
  const found: (string | HiddenValue)[] = []
  let done = 0
  for (const { keyword, value, start, end, meantEnd } of secretValues(plain, readKeywordValues(plain))) {
    const written = plain.slice(start, end)
    const own = written[0] === '"' || written[0] === "'" ? written[0] : 'auto'
    const quote = written === printValue(value) ? 'auto' : own
    const meant = meantEnd === end ? value : plain.slice(start, meantEnd)
    found.push(plain.slice(done, start), { keyword, value: new Secret(meant), quote })
    done = meantEnd
  }
  return [...found, plain.slice(done)].filter((piece) => piece !== '')
}
