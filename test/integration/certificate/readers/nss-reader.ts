import { createPublicKey, X509Certificate } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { expect } from 'vitest'
import { realProcesses } from '../../../../electron/machine/processes.ts'
import { openssl } from '../openssl.ts'
import type { Expected } from './found.ts'

const processes = realProcesses()

/** NSS lists the file, takes it into a fresh database of its own, and signs a certificate request with its key. */
export async function nssOpens(file: string, { certificate }: Expected): Promise<void> {
  const db = new NssDatabase(`${file}.nss`)
  try {
    await db.create()
    const listed = await db.run('pk12util', ['-l', file, '-W', ''])
    expect(listed, 'NSS').toContain('Key(shrouded)')
    await db.run('pk12util', ['-i', file, '-W', ''])
    const nickname = await db.nickname()
    const pem = await db.run('certutil', ['-L', '-n', nickname, '-a'])
    const own = new X509Certificate(certificate)
    expect(new X509Certificate(pem).fingerprint, 'NSS').toBe(own.fingerprint)
    const request = await db.run('certutil', ['-R', '-k', nickname, '-s', 'CN=Proof', '-a'])
    const signer = await openssl(['req', '-verify', '-noout', '-pubkey'], request)
    expect(createPublicKey(signer).equals(own.publicKey), 'NSS').toBe(true)
  } finally {
    await rm(db.folder, { recursive: true, force: true })
  }
}

/** A certificate database of Network Security Services without a password of its own. */
export class NssDatabase {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  async create(): Promise<void> {
    await mkdir(this.folder)
    await this.run('certutil', ['-N', '--empty-password'])
  }

  /** The name of the only certificate in it. */
  async nickname(): Promise<string> {
    const keys = await this.run('certutil', ['-K'])
    const name = /^<\s*0>\s+\S+\s+[0-9a-f]+\s+(.+)$/m.exec(keys)?.[1]
    if (name === undefined) throw new Error(`NSS names no key:\n${keys}`)
    return name.replace(/^NSS Certificate DB:/, '').trim()
  }

  async run(command: 'certutil' | 'pk12util', args: readonly string[]): Promise<string> {
    const all = [...args, '-d', `sql:${this.folder}`]
    const { stdout, stderr, exitCode } = await processes.run({ command, args: all })
    if (exitCode !== 0) throw new Error(`${command} ${args[0]} ended with ${exitCode}: ${stdout}${stderr}`)
    return stdout
  }
}
