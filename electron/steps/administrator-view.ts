import { SetupError } from '../contract/problem.ts'
import type { Found } from '../setup/step.ts'

/** What a look at IIS finds; without administrator rights that is nothing, which is no failure before the setup runs. */
export async function seenByAdministrator(look: () => Promise<Found>): Promise<Found> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof SetupError && error.problem.code === 'iis.not-elevated')
      return {
        state: 'unknown',
        evidence: ['Only an administrator can look; it is looked at before anything is changed.'],
      }
    throw error
  }
}
