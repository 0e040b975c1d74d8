import type { Machine } from '../machine/machine.ts'
import { readRegistry, registryValue } from './registry.ts'
import { WELL_KNOWN } from './sids.ts'
import { notUnderstood, runTool, toolFailed } from './tool.ts'

export interface TokenLook {
  /** Whether this process has all the rights of its user; Windows keeps them back until a prompt was agreed to. */
  readonly elevated: boolean
  /** Whether the user belongs to Administrators, with or without the rights at hand now. */
  readonly administrator: boolean
  /** `DOMAIN\name`, as Windows spells it. */
  readonly user: string
  readonly sid: string
}

/** Integrity levels High and System: https://learn.microsoft.com/windows/win32/secauthz/mandatory-integrity-control */
const ELEVATED_LEVELS = ['S-1-16-12288', 'S-1-16-16384']

/**
 * Who runs this process and with which rights; read from SIDs, because everything else is translated.
 * Rejects with `windows.token-unreadable`.
 */
export async function lookAtToken(machine: Machine): Promise<TokenLook> {
  const userArgs = ['/user', '/fo', 'csv', '/nh']
  const own = await whoami(machine, userArgs)
  const [, user, sid] = /^"(.+)","(S-1-[\d-]+)"/m.exec(own.stdout) ?? []
  if (user === undefined || sid === undefined) throw notUnderstood('whoami', userArgs, own)

  const groupArgs = ['/groups', '/fo', 'csv']
  const groups = await whoami(machine, groupArgs)
  const sids = [...groups.stdout.matchAll(/"(S-1-[\d-]+)"/g)].map((match) => match[1]!)
  // Every token has an integrity level: without one this is not the whole answer.
  if (!sids.some((found) => found.startsWith('S-1-16-'))) throw notUnderstood('whoami', groupArgs, groups)
  return {
    elevated: ELEVATED_LEVELS.some((level) => sids.includes(level)),
    administrator: sids.includes(WELL_KNOWN.administrators),
    user,
    sid,
  }
}

async function whoami(machine: Machine, args: readonly string[]) {
  const result = await runTool(machine, 'whoami', args)
  if (result.exitCode !== 0)
    throw toolFailed('whoami', args, result, {
      code: 'windows.token-unreadable',
      what: 'Windows did not say with which rights this program runs.',
      next: 'Run the command below at a command prompt and check what it says.',
    })
  return result
}

/** How User Account Control is set; https://learn.microsoft.com/windows/security/application-security/application-control/user-account-control/settings-and-configuration */
export interface UacPolicy {
  /** False: administrators always have all their rights, and nobody is asked. */
  readonly enabled: boolean
  /** False: an administrator's programs get their rights without a prompt. */
  readonly asksAdministrators: boolean
  /** True: other users are refused at once instead of being asked for an administrator's password. */
  readonly refusesUsers: boolean
  /** Whether a drive mapped before elevation is there after it. */
  readonly keepsMappedDrives: boolean
}

/** Reads the policy; what is not set has Windows' default. Rejects as {@link readRegistry}. */
export async function uacPolicy(machine: Machine): Promise<UacPolicy> {
  const key = String.raw`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System`
  const values = await readRegistry(machine, key)
  return {
    enabled: registryValue(values, 'EnableLUA') !== 0,
    asksAdministrators: registryValue(values, 'ConsentPromptBehaviorAdmin') !== 0,
    refusesUsers: registryValue(values, 'ConsentPromptBehaviorUser') === 0,
    keepsMappedDrives: registryValue(values, 'EnableLinkedConnections') === 1,
  }
}
