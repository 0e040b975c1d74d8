import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import { runScript, type ScriptOptions } from './powershell.ts'
import { number, text } from './reading.ts'

/**
 * `gMSA`: a group managed service account; its name ends with `$`, as do those of computers, which are `computer`.
 * `built-in`: LocalSystem, LocalService, NetworkService. `other`: a group, or what no worker process can run as.
 */
type AccountKind = 'local' | 'domain' | 'gMSA' | 'computer' | 'built-in' | 'other'

export interface Account {
  readonly sid: string
  /** As Windows writes it, such as `EXAMPLE\svc-identity`. */
  readonly name: string
  readonly kind: AccountKind
  /** Absent when no password was to be tried, or Windows did not get as far as looking at it. */
  readonly passwordAccepted?: boolean
  /** Why nobody can sign in with it although Windows knows it; one sentence. */
  readonly trouble?: string
}

/**
 * An account by `DOMAIN\user`, `.\user` or `user@domain`, or undefined where Windows knows none of that name.
 *
 * With a password one sign-in over the network is attempted. A wrong one counts as a failed attempt of the account,
 * which a domain may lock after a few: ask once, on the installer's word. Rejects as runScript.
 */
export async function lookAtAccount(
  machine: Machine,
  { user, password }: { readonly user: string; readonly password?: Secret },
  options: ScriptOptions = {},
): Promise<Account | undefined> {
  const answer = await runScript(machine, 'account', { user, password: password ?? null }, options)
  const sid = text(answer['sid'])
  if (sid === '') return undefined
  const name = text(answer['name'])
  return { sid, name, kind: kindOf(sid, name, text(answer['computer'])), ...logonOf(number(answer['logon'])) }
}

/** https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers */
function kindOf(sid: string, name: string, computer: string): AccountKind {
  if (/^S-1-5-(18|19|20)$/.test(sid)) return 'built-in'
  if (!sid.startsWith('S-1-5-21-')) return 'other'
  const [domain = '', account = ''] = name.toLowerCase().split('\\')
  const here = computer.toLowerCase()
  if (account.endsWith('$')) return account === `${here}$` ? 'computer' : 'gMSA'
  return domain === here ? 'local' : 'domain'
}

/**
 * Win32 errors of LogonUser: https://learn.microsoft.com/windows/win32/debug/system-error-codes--1300-1699-
 * Those with a trouble come after the password has been found right, except that a locked account is not looked at.
 */
function logonOf(error: number | undefined): Pick<Account, 'passwordAccepted' | 'trouble'> {
  if (error === undefined) return {}
  // ERROR_LOGON_TYPE_NOT_GRANTED: the right to sign in over the network, which a worker process does not need.
  if (error === 0 || error === 1385) return { passwordAccepted: true }
  if (error === 1326) return { passwordAccepted: false }
  const trouble = TROUBLES[error] ?? `Windows did not try the password: error ${error}.`
  return { ...(RIGHT_PASSWORD.has(error) ? { passwordAccepted: true } : {}), trouble }
}

const TROUBLES: Readonly<Record<number, string>> = {
  1327: 'A restriction of the account, such as an empty password or its hours, keeps it from signing in.',
  1328: 'The account may not sign in at this time of day.',
  1329: 'The account may not sign in to this computer.',
  1330: 'The password of the account has expired.',
  1331: 'The account is disabled.',
  1793: 'The account has expired.',
  1907: 'The password of the account has to be changed before it is used.',
  1909: 'The account is locked.',
}

const RIGHT_PASSWORD: ReadonlySet<number> = new Set([1327, 1328, 1329, 1330, 1331, 1793, 1907])
