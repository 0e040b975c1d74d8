import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createSigningCertificate } from '../../electron/certificate/signing.ts'
import type { SigningKey } from '../../electron/contract/certificate.ts'
import { realMachine } from '../../electron/machine/real.ts'
import { alternate, figure, leaveOut, mean, median, note } from './support/figures.ts'

const TARGET = 1

interface Measured {
  readonly key: SigningKey
  /** How openssl makes the same key. */
  readonly newKey: readonly string[]
  readonly hash: string
  /**
   * An RSA key takes as long as its two primes are found by chance: only many runs tell two makers apart, and the
   * longer ones are given fewer so that somebody waits for them.
   */
  readonly rounds: number
}

const ec = (curve: string) => ['ec', '-pkeyopt', `ec_paramgen_curve:${curve}`]
const all: readonly Measured[] = [
  { key: 'RSA-2048', newKey: ['rsa:2048'], hash: '-sha256', rounds: 60 },
  { key: 'RSA-3072', newKey: ['rsa:3072'], hash: '-sha256', rounds: 32 },
  { key: 'RSA-4096', newKey: ['rsa:4096'], hash: '-sha256', rounds: 20 },
  { key: 'ECDSA-P256', newKey: ec('P-256'), hash: '-sha256', rounds: 30 },
  { key: 'ECDSA-P384', newKey: ec('P-384'), hash: '-sha384', rounds: 30 },
  { key: 'ECDSA-P521', newKey: ec('P-521'), hash: '-sha512', rounds: 30 },
]

const { clock, random, files } = realMachine()
const openssl = (...args: readonly string[]): Promise<unknown> => promisify(execFile)('openssl', args)

/** A PFX on disk, as the program makes it. The first run of all also loads the libraries. */
async function byProgram(folder: string, { key }: Measured): Promise<void> {
  const { pfx } = await createSigningCertificate({ key, now: clock.now(), random })
  await files.write(join(folder, 'program.pfx'), pfx, { access: 'private' })
}

/** The same by the two commands of the vendor's script. */
async function byOpenssl(folder: string, { newKey, hash }: Measured): Promise<void> {
  const [key, certificate] = [join(folder, 'openssl.key'), join(folder, 'openssl.crt')]
  const subject = [hash, '-days', '1095', '-subj', '/CN=Identity Service']
  const out = ['-nodes', '-keyout', key, '-out', certificate]
  await openssl('req', '-x509', '-newkey', ...newKey, ...out, ...subject)
  const parts = ['-inkey', key, '-in', certificate, '-out', join(folder, 'openssl.pfx')]
  await openssl('pkcs12', '-export', ...parts, '-passout', 'pass:')
}

const namesOf = ({ key }: Measured) => [`pfx-${key.toLowerCase()}`, `pfx-${key.toLowerCase()}-mean`] as const

async function measure(folder: string, measured: Measured): Promise<void> {
  const { product, baseline } = await alternate(
    measured.rounds,
    () => byProgram(folder, measured),
    () => byOpenssl(folder, measured),
  )
  const [ofMedians, ofMeans] = namesOf(measured)
  note(ofMedians, { program: product, openssl: baseline })
  figure(ofMedians, median(product) / median(baseline), TARGET)
  figure(ofMeans, mean(product) / mean(baseline), TARGET)
}

const there = await openssl('version').then(
  () => true,
  () => false,
)
if (there) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-pfx-'))
  try {
    for (const measured of all) await measure(folder, measured)
  } finally {
    await rm(folder, { recursive: true })
  }
} else
  leaveOut(
    all.flatMap((measured) => namesOf(measured)),
    'there is no openssl command',
  )
