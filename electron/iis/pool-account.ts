import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { lookAtAccount } from '../windows/account.ts'
import { applicationPoolSid, WELL_KNOWN } from '../windows/sids.ts'
import type { Pool } from './pool.ts'

/** Accounts of the system that a pool may run as; their names are English, their SIDs the same everywhere. */
const BUILT_IN: Readonly<Record<string, { readonly sid: string; readonly name: string }>> = {
  localsystem: { sid: WELL_KNOWN.system, name: 'NT AUTHORITY\\SYSTEM' },
  localservice: { sid: WELL_KNOWN.localService, name: 'NT AUTHORITY\\LOCAL SERVICE' },
  networkservice: { sid: WELL_KNOWN.networkService, name: 'NT AUTHORITY\\NETWORK SERVICE' },
}

/**
 * The account that the worker processes of a pool run as.
 * https://learn.microsoft.com/iis/manage/configuring-security/application-pool-identities
 * @throws SetupError `account.unknown` where Windows knows no such account, and as `lookAtAccount`
 */
export async function accountOfPool(
  machine: Machine,
  pool: Pick<Pool, 'name' | 'identityType' | 'user'>,
): Promise<{ readonly sid: string; readonly name: string }> {
  const { identityType, name, user } = pool
  const builtIn = BUILT_IN[identityType.toLowerCase()]
  if (builtIn) return builtIn
  if (identityType !== 'SpecificUser') return { sid: applicationPoolSid(name), name: `IIS AppPool\\${name}` }
  const account = await lookAtAccount(machine, { user })
  if (account) return { sid: account.sid, name: user }
  throw new SetupError({
    code: 'account.unknown',
    what: `The application pool “${name}” runs as ${user}, and Windows knows no such account.`,
    next: 'Correct the identity of the pool in IIS Manager, or have the account made, then try again.',
  })
}
