import { SetupError } from '../../../contract/problem.ts'
import type { Finding } from '../../check.ts'

/** What a look at IIS finds; without administrator rights nothing, and that is looked at again at Install. */
export async function seenByAdministrator(look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look()
  } catch (error) {
    const code = error instanceof SetupError ? error.problem.code : undefined
    if (code === 'windows.tool-missing') return { status: 'not-tried', summary: 'IIS is not installed yet.' }
    if (code === 'iis.not-elevated')
      return {
        status: 'not-tried',
        summary: 'Only an administrator can look; it is looked at before anything is changed.',
      }
    throw error
  }
}
