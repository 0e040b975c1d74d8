import { join } from 'node:path'
import type { Machine } from '../machine/machine.ts'
import { lookAtAccount } from '../windows/account.ts'
import { batchLogon, type BatchLogon } from '../windows/batch-logon.ts'
import type { EventRecord } from '../windows/events.ts'
import { applicationPoolSid, WELL_KNOWN } from '../windows/sids.ts'
import { windowsFolders } from '../windows/tool.ts'
import type { Pool } from './pool.ts'

/** Windows' records of a pool whose account did not log on; an older system has 5051 in place of 5021. */
const REFUSED: ReadonlySet<number> = new Set([5021, 5051, 5057])

/**
 * Whether the account of a pool may log on as a batch job; undefined where no record says that its logon was refused.
 * Its password and the right are refused in the same words, so only a look at the right tells them apart.
 */
export async function refusedLogon(
  machine: Machine,
  pool: Pool,
  events: readonly EventRecord[],
): Promise<BatchLogon | undefined> {
  if (!events.some(({ id, provider }) => REFUSED.has(id) && provider.endsWith('WAS'))) return undefined
  const account = pool.user === '' ? undefined : await lookAtAccount(machine, { user: pool.user })
  const own = pool.identityType === 'ApplicationPoolIdentity' ? applicationPoolSid(pool.name) : account?.sid
  // IIS puts every pool's account into IIS_IUSRS.
  const sids = [...(own === undefined ? [] : [own]), WELL_KNOWN.iisUsers]
  const scratch = join(windowsFolders(machine).windows, 'Temp')
  return batchLogon(machine, { sids, ...(account ? { name: account.name } : {}), scratch })
}
