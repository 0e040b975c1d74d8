import { messages } from '../messages/index.ts'
import { clientTabOfPath, type ClientTab } from '../store/client.ts'
import { useFaults } from '../store/faults.ts'

const text = messages.client

/** The tabs of a client with how many scopes and grant types it has, and a mark on those that hold a fault. */
export function useClientTabs(
  scopes: number | undefined,
  grants: number | undefined,
): readonly (readonly [ClientTab, string, string | undefined])[] {
  const faults = useFaults((state) => state.texts)
  const faulty = Object.keys(faults).map(clientTabOfPath)
  const counts = { values: undefined, scopes, grants }
  return (['values', 'scopes', 'grants'] as const).map((id) => {
    const count = counts[id]
    const name = text.tabs[id]
    return [
      id,
      count === undefined ? name : text.tabCount(name, count),
      faulty.includes(id) ? text.tabFaults : undefined,
    ]
  })
}
