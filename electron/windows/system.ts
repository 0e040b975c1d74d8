import type { Machine } from '../machine/machine.ts'
import { readRegistry, registryValue, type RegistryValues } from './registry.ts'
import { runTool, windowsFolders } from './tool.ts'

export interface SystemLook {
  /** Such as `Windows Server 2022 Standard`. */
  readonly product: string
  /** Such as `ServerStandard`. */
  readonly edition: string
  /** 14393 is Windows Server 2016, 17763 2019, 20348 2022, 26100 2025. */
  readonly build: number
  /** The update level within the build. */
  readonly revision: number
  readonly server: boolean
  /** Without the desktop; it has no browser and no file dialog. */
  readonly core: boolean
  readonly bits: 32 | 64
}

const FIRST_BUILD_OF_WINDOWS_11 = 22_000

/**
 * Which Windows this is. Rejects as `readRegistry`.
 * https://learn.microsoft.com/windows/release-health/windows-server-release-info
 */
export async function lookAtSystem(machine: Machine): Promise<SystemLook> {
  const version = await readRegistry(machine, String.raw`HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion`)
  const environment = await readRegistry(
    machine,
    String.raw`HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Environment`,
  )
  const kind = textOf(version, 'InstallationType')
  const build = Number(textOf(version, 'CurrentBuildNumber')) || 0
  const server = kind.startsWith('Server')
  const product = textOf(version, 'ProductName') || 'Windows'
  return {
    // Windows 11 goes on calling itself 10 there.
    product:
      !server && build >= FIRST_BUILD_OF_WINDOWS_11 ? product.replace('Windows 10', 'Windows 11') : product,
    edition: textOf(version, 'EditionID'),
    build,
    revision: Number(registryValue(version, 'UBR') ?? 0),
    server,
    core: kind === 'Server Core',
    bits: textOf(environment, 'PROCESSOR_ARCHITECTURE').toLowerCase() === 'x86' ? 32 : 64,
  }
}

function textOf(values: RegistryValues | undefined, name: string): string {
  return String(registryValue(values, name) ?? '')
}

export interface PendingRestart {
  readonly pending: boolean
  /** A sentence each. */
  readonly reasons: readonly string[]
}

const SERVICING = String.raw`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending`
const UPDATE = String.raw`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired`
const SESSION = String.raw`HKLM\SYSTEM\CurrentControlSet\Control\Session Manager`

/**
 * Whether Windows waits for a restart, during which features and hosting bundles cannot be relied upon.
 * Rejects as `readRegistry`.
 */
export async function pendingRestart(machine: Machine): Promise<PendingRestart> {
  const reasons = []
  if ((await readRegistry(machine, SERVICING)) !== undefined)
    reasons.push('Features or updates of Windows are not finished.')
  if ((await readRegistry(machine, UPDATE)) !== undefined) reasons.push('Windows Update waits for a restart.')
  const renames = registryValue(await readRegistry(machine, SESSION), 'PendingFileRenameOperations')
  if (renames !== undefined && renames !== '')
    reasons.push('Files in use are to be replaced at the next restart.')
  return { pending: reasons.length > 0, reasons }
}

/** `subst`: a letter for a folder; `mapped`: a letter for a share. Both belong to one user's session only. */
export type DriveKind = 'local' | 'mapped' | 'subst' | 'unc'

/**
 * Where a path leads. Worker processes of IIS see no drive but local ones.
 * https://learn.microsoft.com/troubleshoot/windows-client/networking/mapped-drives-not-available-from-elevated-command
 */
export async function driveKind(machine: Machine, path: string): Promise<DriveKind> {
  const plain = path.replaceAll('/', '\\').replace(/^\\\\[?.]\\(?=[A-Za-z]:)/, '')
  if (plain.startsWith('\\\\')) return 'unc'
  const letter = /^([A-Za-z]):/.exec(plain)?.[1]?.toUpperCase()
  // The drive that Windows runs from is its own.
  if (letter === undefined || letter === windowsFolders(machine).windows[0]?.toUpperCase()) return 'local'
  if (await isMapped(machine, letter)) return 'mapped'
  return (await isSubst(machine, letter)) ? 'subst' : 'local'
}

/** Elevated, the session's own mappings are out of sight, but those that are kept stand in the user's registry. */
async function isMapped(machine: Machine, letter: string): Promise<boolean> {
  if ((await readRegistry(machine, `HKCU\\Network\\${letter}`)) !== undefined) return true
  const { exitCode } = await runTool(machine, 'net', ['use', `${letter}:`])
  return exitCode === 0
}

async function isSubst(machine: Machine, letter: string): Promise<boolean> {
  const { stdout } = await runTool(machine, 'subst', [])
  return stdout.split(/\r?\n/).some((line) => line.toUpperCase().startsWith(`${letter}:\\: =>`))
}
