import { dirname } from 'node:path'
import type { ConfigElement } from '../configuration/element.ts'
import type { ServerState } from '../state.ts'
import type { Dacl } from '../tools/acl.ts'
import { readDacl } from '../tools/acl-store.ts'
import { exists } from './exists.ts'
import { poolSid } from '../tools/sids.ts'

/** FILE_GENERIC_READ, and what creating a file in a folder takes (learn.microsoft.com “File Access Rights Constants”). */
const READ = 0x120089
const ADD_FILE = 0x2

/** Groups that each local logon belongs to: Everyone, Authenticated Users, Users. */
const EVERYONE = ['S-1-1-0', 'S-1-5-11', 'S-1-5-32-545']
/** IIS puts each pool identity into its own group unless told not to. */
const IIS_USERS = 'S-1-5-32-568'

const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  LocalSystem: ['S-1-5-18', 'S-1-5-32-544'],
  LocalService: ['S-1-5-19'],
  NetworkService: ['S-1-5-20'],
}

/** The SIDs in the token of a pool's worker process. */
export function tokenOf(pool: ConfigElement, state: ServerState): readonly string[] {
  const model = pool.elements['processModel']?.attributes ?? {}
  const identity = model['identityType'] ?? 'ApplicationPoolIdentity'
  if (identity === 'ApplicationPoolIdentity')
    return [poolSid(pool.attributes['name'] ?? ''), IIS_USERS, ...EVERYONE]
  if (identity !== 'SpecificUser') return [...(BUILT_IN[identity] ?? []), IIS_USERS, ...EVERYONE]
  const user = userNamed(state, model['userName'] ?? '')
  return [...(user ? [user.sid, ...user.memberOf] : []), IIS_USERS, ...EVERYONE]
}

/** The account behind a user name: `DOMAIN\name`, `.\name`, `name@domain` or the bare name. */
export function userNamed(state: ServerState, name: string) {
  const wanted = name.toLowerCase()
  const [, part = '', bare = wanted] = /^(?:(.*)\\)?([^@\\]*)/.exec(wanted) ?? []
  const machine = part === '' || part === '.' ? state.system.name.toLowerCase() : part
  return state.users.find((user) => {
    const own = user.name.toLowerCase()
    return (
      own === wanted || own === `${machine}\\${bare}` || (wanted.includes('@') && own.endsWith(`\\${bare}`))
    )
  })
}

/** Whether a token may read a file or folder of the simulated drive. The path has to exist. */
export async function mayRead(state: ServerState, sids: readonly string[], path: string): Promise<boolean> {
  return allows(await readDacl(state, path), sids, READ)
}

/** Whether a token may make files in a folder, which may still have to be made itself. */
export async function mayWriteInto(
  state: ServerState,
  sids: readonly string[],
  folder: string,
): Promise<boolean> {
  let nearest = folder
  while (!(await exists(nearest))) nearest = dirname(nearest)
  return allows(await readDacl(state, nearest), sids, ADD_FILE)
}

/**
 * Goes through the entries in their order, as Windows does: what is denied before it is allowed stays denied
 * (learn.microsoft.com “How AccessCheck Works”).
 */
function allows({ aces }: Dacl, sids: readonly string[], wanted: number): boolean {
  let missing = wanted
  for (const { type, flags, mask, sid } of aces) {
    if (flags.includes('IO') || !sids.includes(sid)) continue
    if (type === 'D' && (mask & missing) !== 0) return false
    if (type === 'A') missing &= ~mask
    if (missing === 0) return true
  }
  return false
}
