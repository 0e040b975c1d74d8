import { dirname, win32 } from 'node:path'
import type { Machine } from '../machine/machine.ts'

/**
 * A path as IIS stores it with its variables replaced, such as `%SystemDrive%\inetpub\wwwroot`; a variable that is not
 * one of Windows' own folders stays as it is.
 */
export function expanded(machine: Machine, path: string): string {
  const { windows } = machine
  if (windows === undefined) return path
  const values: Readonly<Record<string, string>> = {
    systemdrive: dirname(windows.windows).replace(/[\\/]+$/, ''),
    systemroot: windows.windows,
    windir: windows.windows,
    programfiles: windows.programFiles,
    'programfiles(x86)': windows.programFilesX86,
  }
  return path.replace(/%([^%]+)%/g, (whole, name: string) => values[name.toLowerCase()] ?? whole)
}

/** Whether two paths mean the same folder: Windows does not tell upper from lower case, nor `/` from `\`. */
export function samePath(a: string, b: string): boolean {
  return normal(a) === normal(b)
}

/** Whether a path is the folder or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return `${normal(path)}\\`.startsWith(`${normal(folder)}\\`)
}

function normal(path: string): string {
  const plain = path.replace(/^\\\\\?\\(?=[A-Za-z]:)/, '')
  return win32.normalize(plain).replace(/\\+$/, '').toLowerCase()
}
