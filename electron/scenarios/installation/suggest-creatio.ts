import type { Machine } from '../../machine/machine.ts'
import type { FoundInstallation } from './found.ts'

/** What seems to run Creatio on this machine. */
export interface CreatioSuggestion {
  readonly kind: 'pool' | 'container'
  readonly name: string
  /** One sentence. */
  readonly why: string
  /** Creatio's folder, of a pool. */
  readonly folder?: string
}

/**
 * What may run the Creatio that this Identity Service belongs to, the likeliest first; never the service's own pool or
 * container. Empty where nothing is found or only an administrator could see it. Never rejects.
 */
export async function suggestCreatio(
  _machine: Machine,
  _found: FoundInstallation,
): Promise<readonly CreatioSuggestion[]> {
  return []
}
