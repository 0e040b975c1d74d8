import type { DatabaseDrivers, Provider } from '../../contract/database.ts'
import type { ConnectionParts } from './connection-string.ts'
import type { Fault } from './fault.ts'
import { judgePair } from './judge.ts'
import { partOf } from './keywords.ts'
import { placeholderIn } from './placeholder.ts'
import { combinationFaults } from './option-combinations.ts'

/** Options that the service's driver refuses when the service starts, each alone and together. */
export function optionFaults(parts: ConnectionParts, drivers?: DatabaseDrivers): readonly Fault[] {
  const { provider } = parts
  if (provider !== 'PostgreSQL' && provider !== 'MsSqlServer') return []
  const alone = parts.options.flatMap((pair) => {
    // A vault's placeholder is told by itself.
    if (placeholderIn(pair.value) !== undefined) return []
    const verdict = judgePair(pair, provider, drivers)
    if (verdict.kind !== 'refused' || isBesideServer(pair.keyword, provider)) return []
    return [
      {
        keyword: pair.keyword,
        problem: { code: 'database.keyword', what: verdict.why, next: verdict.next },
      },
    ]
  })
  return [...alone, ...combinationFaults(parts, provider, drivers), ...portFault(parts, provider)]
}

/** SQL Server's driver has no port of its own: a number is written beside the server, anything else is refused here. */
function isBesideServer(keyword: string, provider: Provider): boolean {
  return provider === 'MsSqlServer' && partOf(keyword) === 'port'
}

function portFault({ options }: ConnectionParts, provider: Provider): Fault[] {
  return options
    .filter(({ keyword }) => isBesideServer(keyword, provider))
    .map(({ keyword }) => ({
      keyword,
      problem: {
        code: 'database.port',
        what: `The value of “${keyword}” is not a port.`,
        next: 'Enter a port from 1 to 65535.',
      },
    }))
}
