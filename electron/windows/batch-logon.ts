import { join } from 'node:path'
import type { Machine } from '../machine/machine.ts'
import { runTool } from './tool.ts'

/** `unknown`: the list was not to be read, or it names only groups that the account may or may not belong to. */
export type BatchLogon = 'granted' | 'denied' | 'unknown'

export interface BatchLogonQuestion {
  /** Of the account and of the groups it is known to be in; worker processes are in IIS_IUSRS. */
  readonly sids: readonly string[]
  /** `DOMAIN\user`: Windows lists some local accounts by name. */
  readonly name?: string
  /** An absolute folder that exists, for the file that Windows writes; it is removed again. */
  readonly scratch: string
}

/**
 * Whether accounts have “Log on as a batch job”, which worker processes of a custom account need, by what is assigned
 * on this machine, its group policy included. A denial beats every grant.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/secedit-export
 *
 * Unverified on a real server: whether the export needs elevation. Without a file the answer is `unknown`.
 */
export async function batchLogon(
  machine: Machine,
  { sids, name, scratch }: BatchLogonQuestion,
): Promise<BatchLogon> {
  const file = join(scratch, `user-rights-${Buffer.from(machine.random.bytes(6)).toString('hex')}.inf`)
  try {
    await runTool(machine, 'secedit', ['/export', '/cfg', file, '/areas', 'USER_RIGHTS', '/quiet'])
    const written = await machine.files.read(file)
    if (written === undefined) return 'unknown'
    const rights = new TextDecoder('utf-16le').decode(written)
    const ours = namesOf(sids, name)
    if (holders(rights, 'SeDenyBatchLogonRight').some((holder) => ours.has(holder))) return 'denied'
    return holders(rights, 'SeBatchLogonRight').some((holder) => ours.has(holder)) ? 'granted' : 'unknown'
  } finally {
    await machine.files.remove(file)
  }
}

/** As the file spells them: `*` and a SID, or a name without its domain. */
function namesOf(sids: readonly string[], name: string | undefined): ReadonlySet<string> {
  const account = name?.split('\\').at(-1)
  const spelled = [...sids.map((sid) => `*${sid}`), ...(name ? [name] : []), ...(account ? [account] : [])]
  return new Set(spelled.map((one) => one.toLowerCase()))
}

/** A right that nobody holds has no line. */
function holders(rights: string, right: string): readonly string[] {
  const line = new RegExp(`^${right}\\s*=(.*)$`, 'm').exec(rights)?.[1] ?? ''
  return line
    .split(',')
    .map((holder) => holder.trim().toLowerCase())
    .filter((holder) => holder !== '')
}
