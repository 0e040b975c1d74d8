import { basename } from 'node:path'
import type { Machine } from '../../machine/machine.ts'
import { inspectCertificate } from './inspect-certificate.ts'
import { inspectConnectionStrings } from './inspect-connection-strings.ts'
import { inspectSettings } from './inspect-settings.ts'
import { inspectSource } from './inspect-source.ts'
import { inspectWebConfig } from './inspect-web-config.ts'
import { InspectionNotes, type InspectedKind, type Inspection } from './inspection.ts'

/** Larger text files are no settings of the service. */
const MAX_TEXT_BYTES = 8 * 1024 * 1024

/**
 * Tells which of the files this program reads a path is, by its content rather than its name, and what would be
 * read in it or refused. Changes nothing. Rejects only when the disk cannot be read.
 */
export async function inspectFile(machine: Machine, path: string): Promise<Inspection> {
  const info = await machine.files.info(path)
  if (info?.kind === 'folder') return inspectSource(machine, path, 'service-folder')
  if (info?.kind !== 'file')
    return refusal(path, info ? 'This path is a link.' : 'There is nothing at this path.')
  const byName = kindByName(path)
  const tooLarge = info.size > MAX_TEXT_BYTES && byName !== 'certificate'
  if (byName === 'archive' || tooLarge) return inspectSource(machine, path, 'archive')
  const bytes = (await machine.files.read(path)) ?? new Uint8Array()
  const byContent = kindByContent(bytes)
  switch (byContent === 'unknown' ? byName : byContent) {
    case 'archive':
      return inspectSource(machine, path, 'archive')
    case 'settings':
      return inspectSettings(bytes, path)
    case 'web-config':
      return inspectWebConfig(bytes, path)
    case 'connection-strings':
      return inspectConnectionStrings(bytes, path)
    case 'certificate':
      return inspectCertificate(bytes, path, machine.clock.now())
    default:
      return refusal(path, 'This is none of the files that the program reads.')
  }
}

function kindByContent(bytes: Uint8Array): InspectedKind {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'archive'
  // A sequence of more than 127 bytes, as DER begins: no text does.
  if (bytes[0] === 0x30 && bytes[1]! >= 0x80 && bytes[1]! <= 0x83) return 'certificate'
  // Good enough to tell the kinds apart in any encoding: without the zero bytes and marks of UTF-16 and UTF-32.
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replaceAll('\u0000', '')
    .replace(/^(ï»¿|ÿþ|þÿ)/, '')
    .trimStart()
  if (text.startsWith('<')) {
    const plain = text.replace(/<!--[\s\S]*?-->/g, '')
    if (/<aspNetCore\b|<system\.webServer\b/.test(plain)) return 'web-config'
    if (/<connectionStrings\b/.test(plain)) return 'connection-strings'
    return 'unknown'
  }
  if (/^(\{|\/\/|\/\*)/.test(text)) return 'settings'
  return /-----BEGIN [A-Z0-9# ]+-----/.test(text) ? 'certificate' : 'unknown'
}

function kindByName(path: string): InspectedKind {
  const name = basename(path).toLowerCase()
  if (name.endsWith('.zip')) return 'archive'
  if (name.endsWith('.json')) return 'settings'
  if (/\.(pfx|p12|pem|crt|cer|der|p7b|p7c|csr|key)$/.test(name)) return 'certificate'
  if (name.includes('connectionstrings')) return 'connection-strings'
  return name.endsWith('.config') ? 'web-config' : 'unknown'
}

function refusal(path: string, what: string): Inspection {
  const notes = new InspectionNotes()
  notes.refusals.push({
    code: 'inspect.unknown',
    what,
    where: { file: path },
    next: 'Choose IdentityService.zip, its folder, appsettings.json, web.config, ConnectionStrings.config or a certificate file.',
  })
  return notes.as('unknown')
}
