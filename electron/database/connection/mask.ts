import { SetupError } from '../../contract/problem.ts'
import { HIDDEN, Secret } from '../../secrets/secret.ts'
import { readKeywordValues } from './keyword-values.ts'
import { normalised, partOf } from './keywords.ts'
import { connectionPieces } from './pieces.ts'
import { holdsSecret, secretValues } from './secret-values.ts'

/**
 * A connection string for showing and editing: every secret in it reads `[hidden]`.
 * @throws SetupError `database.connection-string` when the text is not one.
 */
export function maskedText(text: Secret): string {
  return connectionPieces(text)
    .map((piece) => (typeof piece === 'string' ? piece : HIDDEN))
    .join('')
}

/**
 * The reverse of {@link maskedText} for a text that was edited: a value that still reads `[hidden]` takes the secret
 * that the same keyword, or another spelling of it, has in the text it came from.
 * @throws SetupError `database.connection-string` when one of the texts is none; `database.hidden-value` when there is
 * no such secret.
 */
export function unmasked(typed: string, basedOn: Secret): Secret {
  const known = knownSecrets(basedOn.open())
  let result = typed
  for (const { keyword, value, valueStart, valueEnd } of readKeywordValues(typed).toReversed()) {
    if (value !== HIDDEN || !holdsSecret(keyword)) continue
    const secret = known.get(sameKeyword(keyword))
    if (secret === undefined) throw noSecret(keyword, valueStart)
    result = result.slice(0, valueStart) + secret + result.slice(valueEnd)
  }
  return new Secret(result)
}

/** By keyword, as it is written: with its quotes, and with what a “;” cuts off, for that is still to be told. */
function knownSecrets(text: string): ReadonlyMap<string, string> {
  return new Map(
    secretValues(text, readKeywordValues(text)).map(({ keyword, start, meantEnd }) => [
      sameKeyword(keyword),
      text.slice(start, meantEnd),
    ]),
  )
}

function sameKeyword(keyword: string): string {
  return partOf(keyword) ?? normalised(keyword)
}

function noSecret(keyword: string, at: number): SetupError {
  return new SetupError({
    code: 'database.hidden-value',
    what: `“${keyword}” reads ${HIDDEN}, but there is no value that it could stand for.`,
    where: { column: at + 1 },
    next: `Enter the value of “${keyword}”.`,
  })
}
