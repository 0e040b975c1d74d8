import type { Machine } from '../../machine/machine.ts'
import { driveKind } from '../../windows/system.ts'
import { lookAtToken, uacPolicy } from '../../windows/token.ts'
import type { StartFacts } from './before-window.ts'

/** The relative id of the account that Windows made first: https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers */
const BUILT_IN_ADMINISTRATOR = /^S-1-5-21-.+-500$/

/**
 * Looks at how this program was started. What Windows does not tell counts as usual: a look that fails keeps nobody
 * from the window.
 */
export async function lookBeforeWindow(machine: Machine, file: string): Promise<StartFacts> {
  const [drive, token] = await Promise.all([
    driveKind(machine, file).catch(() => 'local' as const),
    lookAtToken(machine).catch(() => undefined),
  ])
  const elevated = token?.elevated === true
  const uac = elevated ? await uacPolicy(machine).catch(() => undefined) : undefined
  return {
    platform: machine.platform,
    file,
    drive,
    elevated,
    builtInAdministrator: token !== undefined && BUILT_IN_ADMINISTRATOR.test(token.sid),
    uac: uac?.enabled ?? true,
  }
}
