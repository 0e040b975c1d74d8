import type { CommandResult, Machine } from '../machine/machine.ts'
import { readRegistry, registryValue } from './registry.ts'
import { commandLine, notUnderstood, runTool, toolFailed, type ToolOptions } from './tool.ts'

/** A part of IIS that Windows can switch on and off. */
export interface Feature {
  /** DISM's name, the same in every language. */
  readonly name: string
  /** Its value below `HKLM\SOFTWARE\Microsoft\InetStp\Components`, which is 1 when it is there. */
  readonly component: string
}

/**
 * What an ASP.NET Core site needs of IIS, and what a search for the cause of its failures needs.
 * https://learn.microsoft.com/iis/install/installing-iis-7/discover-installed-components
 * https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/#install-iis
 */
export const REQUIRED_FEATURES: readonly Feature[] = [
  { name: 'IIS-WebServerRole', component: 'W3SVC' },
  { name: 'IIS-WebServer', component: 'CoreWebEngine' },
  { name: 'IIS-StaticContent', component: 'StaticContent' },
  { name: 'IIS-DefaultDocument', component: 'DefaultDocument' },
  { name: 'IIS-HttpErrors', component: 'HttpErrors' },
  { name: 'IIS-HttpLogging', component: 'HttpLogging' },
  { name: 'IIS-RequestFiltering', component: 'RequestFiltering' },
  { name: 'IIS-ManagementScriptingTools', component: 'ManagementScriptingTools' },
]

/** For a site that sends its visitors on to HTTPS. */
export const REDIRECT_FEATURE: Feature = { name: 'IIS-HttpRedirect', component: 'HttpRedirect' }

/** The installed parts of IIS by the names of the registry; readable without an administrator's rights. */
export async function iisComponents(machine: Machine): Promise<ReadonlySet<string>> {
  const values = await readRegistry(machine, String.raw`HKLM\SOFTWARE\Microsoft\InetStp\Components`)
  const names = [...(values?.keys() ?? [])]
  return new Set(names.filter((name) => registryValue(values, name) === 1))
}

/** Which of the features are not there. Rejects as `readRegistry`. */
export async function missingFeatures(
  machine: Machine,
  wanted: readonly Feature[] = REQUIRED_FEATURES,
): Promise<readonly Feature[]> {
  const there = new Set([...(await iisComponents(machine))].map((name) => name.toLowerCase()))
  return wanted.filter(({ component }) => !there.has(component.toLowerCase()))
}

/**
 * The states of all of Windows' features by name, such as `Enabled`, `Disabled`, `Enable Pending`, `Disable Pending`
 * and `Disabled with Payload Removed`. Needs an administrator's rights.
 * Rejects with `windows.features-unreadable`.
 */
export async function featureStates(machine: Machine): Promise<ReadonlyMap<string, string>> {
  const args = [...ONLINE, '/Get-Features']
  const result = await runTool(machine, 'dism', args, { timeoutMs: LIST_MS })
  if (result.exitCode !== 0)
    throw toolFailed('dism', args, result, {
      code: 'windows.features-unreadable',
      what: 'Windows did not say which of its features are enabled.',
      ...explained(result),
    })
  const pairs = [...result.stdout.matchAll(/^Feature Name : (.+?)\s*\r?\n+State : (.+?)\s*$/gm)]
  // It says so at the end: without it this may be half of the list.
  if (pairs.length === 0 || !result.stdout.includes('The operation completed successfully.'))
    throw notUnderstood('dism', args, result)
  return new Map(pairs.map((pair) => [pair[1]!, pair[2]!]))
}

type Progress = Pick<ToolOptions, 'onLine' | 'signal'>

export interface FeatureChange {
  /** Windows finishes the change only when it is restarted. */
  readonly restartNeeded: boolean
  /** All features that changed, those among them that were enabled because another needs them. */
  readonly changed: readonly string[]
}

/** `/English`, because everything that DISM says is translated otherwise. */
const ONLINE = ['/Online', '/English'] as const
const LIST_MS = 5 * 60_000
const CHANGE_MS = 60 * 60_000
const RESTART_NEEDED = 3010

/** The command of {@link enableFeatures}, as the plan shows it. */
export function enableCommand(names: readonly string[]): string {
  return commandLine('dism', enableArguments(names))
}

/**
 * Enables features with those that they need, and looks whether they are. Windows is not restarted.
 * Rejects with `windows.features-not-enabled` and `windows.features-unreadable`.
 * https://learn.microsoft.com/windows-hardware/manufacture/desktop/dism-operating-system-package-servicing-command-line-options
 */
export async function enableFeatures(
  machine: Machine,
  names: readonly string[],
  progress: Progress = {},
): Promise<FeatureChange> {
  return change(machine, names, progress, enableArguments(names), {
    reached: ['Enabled', 'Enable Pending'],
    code: 'windows.features-not-enabled',
    what: (which) => `Windows did not enable ${which}.`,
  })
}

/** Disables features, for undo: give it what {@link enableFeatures} changed. Rejects with `windows.features-not-disabled`. */
export async function disableFeatures(
  machine: Machine,
  names: readonly string[],
  progress: Progress = {},
): Promise<FeatureChange> {
  const args = [...ONLINE, '/NoRestart', '/Disable-Feature', ...names.map((name) => `/FeatureName:${name}`)]
  return change(machine, names, progress, args, {
    reached: ['Disabled', 'Disable Pending', 'Disabled with Payload Removed'],
    code: 'windows.features-not-disabled',
    what: (which) => `Windows did not disable ${which}.`,
  })
}

function enableArguments(names: readonly string[]): readonly string[] {
  return [...ONLINE, '/NoRestart', '/Enable-Feature', '/All', ...names.map((name) => `/FeatureName:${name}`)]
}

interface Aim {
  readonly reached: readonly string[]
  readonly code: string
  readonly what: (names: string) => string
}

async function change(
  machine: Machine,
  names: readonly string[],
  { onLine, signal }: Progress,
  args: readonly string[],
  { reached, code, what }: Aim,
): Promise<FeatureChange> {
  if (names.length === 0) return { restartNeeded: false, changed: [] }
  const before = await featureStates(machine)
  const result = await runTool(machine, 'dism', args, {
    timeoutMs: CHANGE_MS,
    ...(signal === undefined ? {} : { signal }),
    ...(onLine === undefined ? {} : { onLine: (line) => onLine(lastState(line)) }),
  })
  const succeeded = result.exitCode === 0 || result.exitCode === RESTART_NEEDED
  const after = succeeded ? await featureStates(machine) : before
  const not = names.filter((name) => !succeeded || !reached.includes(after.get(name) ?? ''))
  if (not.length > 0)
    throw toolFailed('dism', args, result, { code, what: what(not.join(', ')), ...explained(result) })
  const changed = [...after].filter(([name, state]) => before.get(name) !== state)
  return {
    restartNeeded:
      result.exitCode === RESTART_NEEDED || changed.some(([, state]) => state.endsWith('Pending')),
    changed: changed.map(([name]) => name),
  }
}

/** Its progress bar is drawn over and over in one line. */
function lastState(line: string): string {
  return (
    line
      .split('\r')
      .findLast((part) => part.trim() !== '')
      ?.trim() ?? ''
  )
}

/** DISM ends with an HRESULT, which is a negative number to some. */
function explained({ exitCode }: CommandResult): { readonly cause?: string; readonly next: string } {
  return (
    REASONS[exitCode >>> 0] ?? { next: 'Read the end of C:\\Windows\\Logs\\DISM\\dism.log, then try again.' }
  )
}

const NO_SOURCE = {
  cause: 'The files of the feature are not on this disk, and Windows Update does not give them.',
  next: 'Enable the features in Server Manager, where the Windows installation medium can be given as the source.',
}

const REASONS: Readonly<Record<number, { readonly cause?: string; readonly next: string }>> = {
  740: {
    cause: 'Features can be changed only with the full rights of an administrator.',
    next: 'Start the program as an administrator, then try again.',
  },
  // CBS_E_SOURCE_MISSING, and the same where updates come from a server of the company.
  0x800f081f: NO_SOURCE,
  0x800f0906: NO_SOURCE,
  0x800f0907: NO_SOURCE,
  0x800f0954: NO_SOURCE,
  // CBS_E_UNKNOWN_UPDATE. Unverified on a real server: whether it is the exit code too.
  0x800f080c: {
    cause: 'This edition of Windows does not know one of the features.',
    next: 'Check the edition: IIS needs Windows Server, or Windows Pro for tests.',
  },
}
