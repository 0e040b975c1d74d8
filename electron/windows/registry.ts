import type { CommandResult, Machine } from '../machine/machine.ts'
import { notUnderstood, runTool, toolFailed } from './tool.ts'

/** Values of a key by their names, spelled as they are found. Ask by {@link registryValue}. */
export type RegistryValues = ReadonlyMap<string, string | number>

/**
 * The values of a key in the 64-bit registry, or undefined where there is no such key.
 * Numbers (DWORD, QWORD) are numbers; binary data is hex; the strings of a MULTI_SZ are joined by a literal `\0`.
 * Rejects with `windows.registry-unreadable`.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/reg-query
 */
export async function readRegistry(machine: Machine, key: string): Promise<RegistryValues | undefined> {
  const lines = await queryKey(machine, key)
  if (lines === undefined) return undefined
  const values = lines.flatMap((line) => {
    const match = VALUE.exec(line)
    return match ? [[match[1]!, valueOf(match[2]!, match[3] ?? '')] as const] : []
  })
  return new Map(values)
}

/** One of the values, by its name in any case: Windows does not tell upper from lower case there. */
export function registryValue(values: RegistryValues | undefined, name: string): string | number | undefined {
  for (const [found, value] of values ?? []) if (found.toLowerCase() === name.toLowerCase()) return value
  return undefined
}

/** The names of the keys directly below one; none where there is no such key. Rejects as {@link readRegistry}. */
export async function registryKeys(machine: Machine, key: string): Promise<readonly string[]> {
  const parent = fullName(key).toLowerCase()
  const lines = (await queryKey(machine, key)) ?? []
  return lines
    .filter((line) => line.toLowerCase().startsWith(`${parent}\\`))
    .map((line) => line.slice(parent.length + 1))
}

/** A name may hold blanks; its type is the first that stands between two gaps of four. */
const VALUE = /^ {4}(\S.*?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/

async function queryKey(machine: Machine, key: string): Promise<readonly string[] | undefined> {
  const args = ['query', key, '/reg:64']
  const result = await runTool(machine, 'reg', args)
  // The only failure that reg tells by number; what else it may be, it says in the language of this Windows.
  if (result.exitCode === 1) return undefined
  if (result.exitCode !== 0) throw unreadable(key, args, result)
  const lines = result.stdout.split(/\r?\n/).filter((line) => line.trim() !== '')
  const known = lines.some((line) => VALUE.test(line) || line.startsWith('HKEY_'))
  // An answer that breaks off within a line may lack anything.
  if (lines.length > 0 && !(known && result.stdout.endsWith('\n'))) throw notUnderstood('reg', args, result)
  return lines
}

function unreadable(key: string, args: readonly string[], result: CommandResult) {
  return toolFailed('reg', args, result, {
    code: 'windows.registry-unreadable',
    what: `The registry key “${key}” was not read.`,
    next: 'Check that this user may read the registry of this machine, then try again.',
  })
}

function valueOf(type: string, data: string): string | number {
  return type === 'REG_DWORD' || type === 'REG_QWORD' ? Number(data) : data
}

const HIVES: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKU: 'HKEY_USERS',
  HKCR: 'HKEY_CLASSES_ROOT',
}

function fullName(key: string): string {
  const [hive = '', ...rest] = key.split('\\')
  return [HIVES[hive.toUpperCase()] ?? hive, ...rest].join('\\')
}
