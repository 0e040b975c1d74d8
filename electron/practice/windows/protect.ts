import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { join } from 'node:path'
import type { Machine } from '../../machine/machine.ts'

const PREFIX = '[enc:IISWASOnlyCngProvider:'

export interface Protection {
  protect(text: string): string
  reveal(text: string): string
}

/**
 * Encrypts texts of the state under a key of its own file, so that no password stands in it in clear. The same text
 * gives the same result: restoring a password restores the state byte for byte.
 */
export async function protection({ files, random }: Machine, folder: string): Promise<Protection> {
  const file = join(folder, 'machine.key')
  const kept = await files.read(file)
  const key = kept ?? random.bytes(32)
  if (kept === undefined) await files.write(file, key, { access: 'private' })

  return {
    protect(text) {
      const iv = createHmac('sha256', key).update(text).digest().subarray(0, 12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${PREFIX}${sealed.toString('base64')}:enc]`
    },
    reveal(text) {
      if (!text.startsWith(PREFIX)) return text
      const sealed = Buffer.from(text.slice(PREFIX.length, -':enc]'.length), 'base64')
      const opened = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
      opened.setAuthTag(sealed.subarray(-16))
      return Buffer.concat([opened.update(sealed.subarray(12, -16)), opened.final()]).toString('utf8')
    },
  }
}
