import { SetupError } from '../contract/problem.ts'
import { whyUnseen } from '../iis/unseen.ts'
import type { Found } from '../setup/step.ts'

/**
 * What a look at IIS, or at a file with secrets, finds. Without administrator rights that is nothing, which is no failure before the setup runs;
 * where there is no IIS yet, nothing is in it either.
 */
export async function seenByAdministrator(look: () => Promise<Found>): Promise<Found> {
  try {
    return await look()
  } catch (error) {
    const why = whyUnseen(error)
    if (why === 'not-elevated')
      return {
        state: 'unknown',
        evidence: ['Only an administrator can look; it is looked at before anything is changed.'],
      }
    if (why === 'no-iis') return { state: 'absent', evidence: ['IIS is not installed yet.'] }
    if (isDenied(error))
      return {
        state: 'unknown',
        evidence: [
          `This user may not read ${error.problem.where?.file}; it is looked at before anything is changed.`,
        ],
      }
    throw error
  }
}

/** What is found, or undefined where this user may not look. */
export async function unlessDenied<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look
  } catch (error) {
    if (isDenied(error)) return undefined
    throw error
  }
}

function isDenied(error: unknown): error is SetupError {
  return error instanceof SetupError && error.problem.code === 'file.no-access'
}
