import { Secret } from '../../secrets/secret.ts'
import { printValue, readKeywordValues } from './keyword-values.ts'
import { isSecretKeyword, partOf } from './keywords.ts'

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
 * secrets it is the same text, but for quotes that a value needs and did not have.
 * @throws SetupError `database.connection-string` when the text is not one.
 */
export function connectionPieces(text: Secret): readonly (string | HiddenValue)[] {
  const plain = text.open()
  const found: (string | HiddenValue)[] = []
  let done = 0
  for (const { keyword, value, valueStart, valueEnd } of readKeywordValues(plain)) {
    if (value === '' || !(partOf(keyword) === 'password' || isSecretKeyword(keyword))) continue
    const written = plain.slice(valueStart, valueEnd)
    const own = written[0] === '"' || written[0] === "'" ? written[0] : 'auto'
    const quote = written === printValue(value) ? 'auto' : own
    found.push(plain.slice(done, valueStart), { keyword, value: new Secret(value), quote })
    done = valueEnd
  }
  return [...found, plain.slice(done)].filter((piece) => piece !== '')
}
