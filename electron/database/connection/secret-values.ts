import type { PlacedKeywordValue } from './keyword-values.ts'
import { isKnownKeyword, isSecretKeyword, partOf } from './keywords.ts'

/** Where a value that must not be shown stands in a connection string. */
export interface SecretValue {
  /** As written, such as `Password` or `SSL Password`. */
  readonly keyword: string
  /** What the drivers read. */
  readonly value: string
  readonly start: number
  readonly end: number
  /** Where the value seems to end in fact, when a “;” in it cuts it off; otherwise the same as `end`. */
  readonly meantEnd: number
}

/**
 * The secrets in a connection string. A password with “;” has to stand in quotes; of one that does not, the drivers take
 * the rest for keywords. Pairs behind it that no driver knows are taken for that rest, lest they be shown.
 * @param pairs all that was read in the text
 */
export function secretValues(text: string, pairs: readonly PlacedKeywordValue[]): readonly SecretValue[] {
  return pairs.flatMap(({ keyword, value, valueStart: start, valueEnd: end }, at) => {
    if (!holdsSecret(keyword)) return []
    const quoted = text[start] === '"' || text[start] === "'"
    const meantEnd = quoted ? end : endOfRest(text, pairs.slice(at + 1), end)
    return value === '' && meantEnd === end ? [] : [{ keyword, value, start, end, meantEnd }]
  })
}

/** Whether the value of a keyword must not be shown. */
export function holdsSecret(keyword: string): boolean {
  return partOf(keyword) === 'password' || isSecretKeyword(keyword)
}

function endOfRest(text: string, behind: readonly PlacedKeywordValue[], end: number): number {
  let reached = end
  for (const { keyword, start, valueEnd } of behind) {
    if (isKnownKeyword(keyword)) break
    // “ss;Host”: a “;” without a “=” before it makes one keyword of the rest and of the next pair.
    const own = keyword.lastIndexOf(';')
    if (own !== -1 && isKnownKeyword(keyword.slice(own + 1).trim()))
      return text.lastIndexOf(';', text.indexOf('=', start + own))
    reached = valueEnd
  }
  return reached
}
