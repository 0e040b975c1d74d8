import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Machine } from '../../machine/machine.ts'

export interface Address {
  readonly path: string
  /** Removes what the address needed on disk. */
  remove(): Promise<void>
}

/**
 * A place to listen that nobody can have guessed: a named pipe with 128 random bits in its name, or a socket in a
 * temporary folder that only this user may enter.
 */
export async function newAddress({ random }: Machine): Promise<Address> {
  if (process.platform === 'win32')
    return {
      path: `\\\\.\\pipe\\identity-setup-${Buffer.from(random.bytes(16)).toString('hex')}`,
      remove: () => Promise.resolve(),
    }
  const folder = await mkdtemp(join(tmpdir(), 'identity-setup-worker-'))
  return { path: join(folder, 'worker'), remove: () => rm(folder, { recursive: true, force: true }) }
}
