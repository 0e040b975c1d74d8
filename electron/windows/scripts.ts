import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'

/** The scripts for Windows PowerShell that this program brings, by their file names. */
export const WINDOWS_SCRIPTS = [
  'account',
  'bundle',
  'elevate',
  'firewall',
  'import-certificate',
  'machine-certificates',
  'remove-certificate',
] as const

export type WindowsScript = (typeof WINDOWS_SCRIPTS)[number]

/** In development the folder of the repository; built, a copy beside the bundle that this file becomes a part of. */
const fromSource = basename(import.meta.dirname) === 'windows'
const folder = fromSource
  ? resolve(import.meta.dirname, '../../resources/windows')
  : join(import.meta.dirname, 'windows-scripts')

/**
 * The whole text that PowerShell is given: what all scripts share, then the script. Line ends are those of Linux, so
 * that a script is the same however it was checked out.
 */
export async function scriptText(script: WindowsScript): Promise<string> {
  const parts = await Promise.all(
    ['frame', script].map((name) => readFile(join(folder, `${name}.ps1`), 'utf8')),
  )
  return parts.join('\n').replaceAll('\r\n', '\n')
}

/**
 * The functions that scripts for administrators are made of, one text; see `setup/powershell-script.ts`. They are never
 * run by this program.
 */
export async function scriptFunctions(): Promise<string> {
  return (await readFile(join(folder, 'script-functions.ps1'), 'utf8')).replaceAll('\r\n', '\n')
}
