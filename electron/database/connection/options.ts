import type { Provider } from '../../contract/database.ts'
import type { ConnectionParts } from './connection-string.ts'
import { exactKeyword, meantKeyword } from './driver-keywords.ts'
import { judgePair, vocabularyOf } from './judge.ts'

/**
 * The value of an option as the service's driver takes it, whichever of its spellings is used; of a repeated one the last.
 * @param canonical the driver's own name of it: `SSL Mode`, `Trust Server Certificate`, `Connect Timeout`.
 * @returns undefined where the connection string does not say, or leaves it empty.
 */
export function optionOf(
  { options }: Pick<ConnectionParts, 'options'>,
  provider: Provider,
  canonical: string,
): string | undefined {
  const vocabulary = vocabularyOf(provider)
  for (const pair of options.toReversed()) {
    const known = exactKeyword(vocabulary, pair.keyword) ?? meantKeyword(vocabulary, pair.keyword)
    if (known?.name !== canonical) continue
    const verdict = judgePair(pair, provider)
    const value = (verdict.kind === 'kept' ? verdict.value : undefined) ?? pair.value
    // An empty value takes back what an earlier one said.
    return verdict.kind === 'left-out' || value === '' ? undefined : value
  }
  return undefined
}
