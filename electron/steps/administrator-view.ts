import { SetupError } from '../contract/problem.ts'
import type { Found } from '../setup/step.ts'

/**
 * What a look at IIS finds. Without administrator rights that is nothing, which is no failure before the setup runs;
 * where there is no IIS yet, nothing is in it either.
 */
export async function seenByAdministrator(look: () => Promise<Found>): Promise<Found> {
  try {
    return await look()
  } catch (error) {
    const code = error instanceof SetupError ? error.problem.code : undefined
    if (code === 'iis.not-elevated')
      return {
        state: 'unknown',
        evidence: ['Only an administrator can look; it is looked at before anything is changed.'],
      }
    if (code === 'windows.tool-missing') return { state: 'absent', evidence: ['IIS is not installed yet.'] }
    throw error
  }
}
