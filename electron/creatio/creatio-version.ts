import { join } from 'node:path'
import type { Machine } from '../machine/machine.ts'

/** The library whose version is Creatio's own, in the folders of the .NET build and of that for .NET Framework. */
const LIBRARY = 'Terrasoft.Core.dll'
const FOLDERS = ['', 'bin', join('Terrasoft.WebApp', 'bin')]

/** Signature and structure version that a file's fixed version information begins with. */
const FIXED_INFO = Buffer.from('bd04effe00000100', 'hex')

/**
 * The version of Creatio in a folder, such as `8.2.3.1158`; undefined where it cannot be told, also for lack of rights.
 *
 * Unverified on a real server: that the file version is Creatio's, as the assembly's version of that library in the
 * vendor's packages for developers is. Something that is no version of Creatio counts as nothing.
 */
export async function creatioVersion(machine: Machine, folder: string): Promise<string | undefined> {
  for (const place of FOLDERS) {
    const bytes = await machine.files.read(join(folder, place, LIBRARY)).catch(() => undefined)
    const version = bytes && fileVersion(bytes)
    if (version !== undefined) return version
  }
  return undefined
}

/**
 * The version in the resources of a Windows program or library.
 * https://learn.microsoft.com/windows/win32/api/verrsrc/ns-verrsrc-vs_fixedfileinfo
 */
function fileVersion(bytes: Uint8Array): string | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const at = file.indexOf(FIXED_INFO)
  if (at === -1 || file.length < at + 16) return undefined
  const [high, low] = [file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)]
  const parts = [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff]
  // The first Creatio with an Identity Service is 7.16; libraries that nobody gave a version have 1.0.0.0.
  return parts[0]! >= 7 && parts[0]! < 100 ? parts.join('.') : undefined
}
