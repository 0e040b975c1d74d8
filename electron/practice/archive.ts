import { buffer } from 'node:stream/consumers'
import type { Machine } from '../machine/machine.ts'
import {
  DEPS,
  DOCKERFILE,
  MIGRATION,
  RUNTIME_CONFIG,
  STAND_IN_PROGRAM,
  WEB_CONFIG,
} from './archive/hosting.ts'
import { LINUX_SCRIPT, WINDOWS_SCRIPT } from './archive/pfx-scripts.ts'
import { shippedSettings } from './archive/settings.ts'

/**
 * A fixed moment, given in local time because a ZIP directory keeps local time: so the bytes are the same on
 * every day and in every time zone.
 */
const PACKED = new Date(2025, 0, 15, 12, 0, 0)

/** The members of the vendor's archive since 8.2.3, which ships no PFX any more. */
function members(): ReadonlyMap<string, string> {
  return new Map([
    ['Data/Migrations/Postgres/0001_Initial.sql', MIGRATION],
    ['Dockerfile-OAuth', DOCKERFILE],
    ['IdentityService.deps.json', DEPS],
    ['IdentityService.dll', STAND_IN_PROGRAM],
    ['IdentityService.runtimeconfig.json', RUNTIME_CONFIG],
    ['appsettings.json', shippedSettings()],
    ['pfx/linux/generate_pfx.sh', LINUX_SCRIPT],
    ['pfx/win/generate_pfx.ps1', WINDOWS_SCRIPT],
    ['web.config', WEB_CONFIG],
  ])
}

/**
 * Writes an `IdentityService.zip` in the vendor's shape, with texts of our own and no program in it. The same
 * runtime writes the same bytes each time. Throws what `machine.files.write` throws.
 */
export async function makePracticeArchive(machine: Pick<Machine, 'files'>, path: string): Promise<void> {
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  for (const [name, text] of members())
    zip.addBuffer(Buffer.from(text), name, { mtime: PACKED, mode: 0o100644, forceDosTimestamp: true })
  zip.end({ comment: 'Practice archive of Identity Service Setup', forceZip64Format: false })
  await machine.files.write(path, await buffer(zip.outputStream))
}
