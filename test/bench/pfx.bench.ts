import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createSigningCertificate } from '../../electron/certificate/signing.ts'
import { realMachine } from '../../electron/machine/real.ts'
import { alternate, figure, leaveOut, mean, median, note } from './support/figures.ts'

/** An RSA key takes as long as its two primes are found by chance: only many runs tell two makers apart. */
const ROUNDS = 60
const TARGET = 1.2
const NAMES = ['pfx-rsa-2048', 'pfx-rsa-2048-mean']

const { clock, random, files } = realMachine()
const openssl = (...args: readonly string[]): Promise<unknown> => promisify(execFile)('openssl', args)

/** A PFX on disk, as the program makes it. The first run also loads the libraries. */
async function byProgram(folder: string): Promise<void> {
  const { pfx } = await createSigningCertificate({ now: clock.now(), random })
  await files.write(join(folder, 'program.pfx'), pfx, { access: 'private' })
}

/** The same by the two commands of the vendor's script. */
async function byOpenssl(folder: string): Promise<void> {
  const [key, certificate] = [join(folder, 'openssl.key'), join(folder, 'openssl.crt')]
  const subject = ['-sha256', '-days', '1095', '-subj', '/CN=Identity Service']
  await openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    certificate,
    ...subject,
  )
  const parts = ['-inkey', key, '-in', certificate, '-out', join(folder, 'openssl.pfx')]
  await openssl('pkcs12', '-export', ...parts, '-passout', 'pass:')
}

const there = await openssl('version').then(
  () => true,
  () => false,
)
if (there) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-pfx-'))
  try {
    const { product, baseline } = await alternate(
      ROUNDS,
      () => byProgram(folder),
      () => byOpenssl(folder),
    )
    note(NAMES[0]!, { program: product, openssl: baseline })
    figure(NAMES[0]!, median(product) / median(baseline), TARGET)
    figure(NAMES[1]!, mean(product) / mean(baseline), TARGET)
  } finally {
    await rm(folder, { recursive: true })
  }
} else leaveOut(NAMES, 'there is no openssl command')
