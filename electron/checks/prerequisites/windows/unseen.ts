import { whyUnseen } from '../../../iis/unseen.ts'
import type { Finding } from '../../check.ts'

/** What a look at IIS finds; without administrator rights nothing, and that is looked at again at Install. */
export async function seenByAdministrator(look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look()
  } catch (error) {
    const why = whyUnseen(error)
    if (why === 'no-iis') return { status: 'not-tried', summary: 'IIS is not installed yet.' }
    if (why === 'not-elevated')
      return {
        status: 'not-tried',
        summary: 'Only an administrator can look; it is looked at before anything is changed.',
      }
    throw error
  }
}
