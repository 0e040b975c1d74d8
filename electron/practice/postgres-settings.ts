import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret } from '../secrets/secret.ts'

/**
 * What a second start needs to be the same server as the first: files that the wizard wrote hold both.
 * The password guards practice data only, and its file is readable by its owner alone.
 */
export interface ServerSettings {
  readonly port: number | undefined
  readonly password: Secret
}

/** The settings of an earlier start in this folder, or new ones with a password of 192 random bits. */
export async function readSettings(folder: string): Promise<ServerSettings> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => undefined)
  if (text === undefined)
    return { port: undefined, password: new Secret(randomBytes(24).toString('base64url')) }
  const { port, password } = JSON.parse(text) as { port?: number; password: string }
  return { port, password: new Secret(password) }
}

export async function writeSettings(folder: string, settings: ServerSettings): Promise<void> {
  const { port, password } = settings
  const staging = `${fileIn(folder)}.new`
  await writeFile(staging, JSON.stringify({ port, password: password.open() }), { mode: 0o600 })
  await rename(staging, fileIn(folder))
}

function fileIn(folder: string): string {
  return join(folder, 'server.json')
}
