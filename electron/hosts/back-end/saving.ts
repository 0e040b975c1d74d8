import type { SavedView } from '../../contract/views.ts'
import type { WizardState } from './state.ts'
import type { SaveKind } from './types.ts'

const mimes: Readonly<Record<SaveKind, string>> = {
  html: 'text/html',
  json: 'application/json',
  pdf: 'application/pdf',
  zip: 'application/zip',
  text: 'text/plain',
  ps1: 'text/plain',
}

/** Gives a file to the installer: saved where a dialog says, or as content for the browser to download. */
export async function handOver(
  { shell, machine }: WizardState,
  name: string,
  kind: SaveKind,
  bytes: Uint8Array,
): Promise<SavedView> {
  const path = await shell.chooseSave(name, kind)
  if (path === null) return { kind: 'cancelled' }
  if (path === undefined)
    return { kind: 'download', name, mime: mimes[kind], base64: Buffer.from(bytes).toString('base64') }
  await machine.files.write(path, bytes)
  return { kind: 'saved', path, bytes: bytes.length }
}
