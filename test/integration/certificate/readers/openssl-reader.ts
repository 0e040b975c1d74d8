import { rm, writeFile } from 'node:fs/promises'
import { realProcesses } from '../../../../electron/machine/processes.ts'
import { openssl } from '../openssl.ts'
import { type Expected, expectFound, hashOf, SIGNED } from './found.ts'

const processes = realProcesses()

/**
 * The openssl command opens the file, with its default provider alone: what needs `-legacy` fails. Of a chain it takes
 * the certificate that the file marks as the key's own.
 */
export async function opensslOpens(file: string, expected: Expected): Promise<void> {
  const pem = await openssl(['pkcs12', '-in', file, '-passin', 'pass:', '-nodes', '-clcerts'])
  const fingerprint = await openssl(['x509', '-noout', '-fingerprint', '-sha1'], pem)
  const key = `${file}.key`
  await writeFile(key, pem, { mode: 0o600 })
  try {
    const signature = await signed(key, hashOf(expected.algorithm))
    const thumbprint = fingerprint.trim().split('=')[1]!.replaceAll(':', '')
    expectFound('openssl', { thumbprint, signature }, expected, 'der')
  } finally {
    await rm(key)
  }
}

async function signed(key: string, hash: string): Promise<Buffer> {
  const args = ['dgst', `-${hash}`, '-sign', key, '-hex']
  const { stdout, stderr, exitCode } = await processes.run({ command: 'openssl', args, stdin: SIGNED })
  if (exitCode !== 0) throw new Error(`openssl dgst: ${stderr}`)
  return Buffer.from(stdout.trim().split(' ').at(-1)!, 'hex')
}
