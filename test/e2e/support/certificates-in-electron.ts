import { createPrivateKey, getCurves, sign } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { createSecureContext } from 'node:tls'
import { certificateFacts } from '../../../electron/certificate/facts.ts'
import { judgeForSigning } from '../../../electron/certificate/judge.ts'
import { lookAtMaterial } from '../../../electron/certificate/look.ts'
import { readMaterial } from '../../../electron/certificate/material.ts'
import { encryptedKeyPem } from '../../../electron/certificate/pem.ts'
import { writePfx } from '../../../electron/certificate/pkcs12/write.ts'
import { createRequest } from '../../../electron/certificate/requests/request.ts'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import type {
  CertificateLook,
  PfxProfile,
  SignatureHash,
  SigningKey,
} from '../../../electron/contract/certificate.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'
import { loadSigningKey } from '../../../electron/practice/service/signing-key.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

/**
 * The program's own certificate code, as a bundle inside Electron: works through a list from standard input and
 * answers with what it found. The test outside, on another crypto library, judges it.
 */

/** One piece of work; files are named by their paths, and `to` is written. */
export type Work =
  | ({ readonly do: 'make'; readonly profile: PfxProfile } & KeyWish)
  | ({ readonly do: 'rewrite'; readonly profile: PfxProfile; readonly to: string } & Locked)
  | ({ readonly do: 'encrypt-key'; readonly to: string } & Locked)
  | ({ readonly do: 'request' } & KeyWish)
  | ({ readonly do: 'look' } & Locked)

interface KeyWish {
  readonly key: SigningKey
  readonly hash: SignatureHash
  readonly to: string
}

/** A file and its password; to encrypt a key, the password that it gets. */
interface Locked {
  readonly file: string
  readonly password: string
}

/** What stands in a file that was written, read again without a password. */
export interface Written {
  readonly certificate: string
  readonly chain: readonly string[]
  readonly problems: readonly string[]
  readonly kid: string | undefined
  /** Of `header.payload`, base64, by the key that was read. */
  readonly signature: string
  /** The same by the practice service, which reads PFX files by a reader of its own. */
  readonly practice: { readonly kid: string; readonly signature: string }
}

export interface Report {
  /** Of Electron, and of Node inside it. */
  readonly versions: Readonly<Record<string, string | undefined>>
  /** What its crypto knows: BoringSSL has four curves, OpenSSL some eighty. */
  readonly curves: readonly string[]
  /** In the order of the work. */
  readonly done: readonly Done[]
}

interface Done {
  readonly written?: Written
  readonly look?: CertificateLook
}

const subject = 'CN=Ünïcode 🔑, C=CY'

async function carry(work: Work): Promise<Done> {
  switch (work.do) {
    case 'make': {
      const { pfx } = await createSigningCertificate({
        ...work,
        subject,
        now: new Date(),
        random: realRandom,
      })
      return { written: await written(work.to, pfx) }
    }
    case 'rewrite': {
      const { certificate, chain, privateKey, problems } = await material(work)
      if (!certificate || !privateKey) throw new Error(`${work.file}: ${JSON.stringify(problems)}`)
      const certificates = [certificate, ...chain].map(({ raw }) => raw)
      const { profile } = work
      const contents = { certificates, privateKey, friendlyName: 'Again', profile, random: realRandom }
      return { written: await written(work.to, await writePfx(contents)) }
    }
    case 'encrypt-key': {
      const { privateKey } = await material({ ...work, password: '' })
      await writeFile(work.to, await encryptedKeyPem(privateKey!, new Secret(work.password)), { mode: 0o600 })
      return {}
    }
    case 'request':
      await writeFile(work.to, (await createRequest({ ...work, subject })).csrPem)
      return {}
    case 'look': {
      const found = await material(work)
      const now = new Date()
      return { look: lookAtMaterial(work.file, found, judgeForSigning(found, { now }), now) }
    }
  }
}

async function material({ file, password }: Locked) {
  return readMaterial({ file: await readFile(file), ...(password && { password: new Secret(password) }) })
}

async function written(to: string, pfx: Uint8Array): Promise<Written> {
  await writeFile(to, pfx, { mode: 0o600 })
  // Throws when Electron's TLS cannot use it.
  createSecureContext({ pfx: Buffer.from(pfx), passphrase: '' })
  const { certificate, chain, privateKey, problems } = await readMaterial({ file: pfx })
  const key = createPrivateKey({ key: privateKey!, format: 'der', type: 'pkcs8' })
  const practice = await loadSigningKey(to)
  const hash = `sha${practice.algorithm.slice(2)}`
  const signature = sign(hash, Buffer.from(SIGNED), { key, dsaEncoding: 'ieee-p1363' })
  return {
    certificate: certificate!.toString(),
    chain: chain.map(String),
    problems: problems.map(({ what }) => what),
    kid: certificateFacts(certificate!, new Date()).kid,
    signature: signature.toString('base64'),
    practice: { kid: practice.kid, signature: (await practice.sign(SIGNED)).toString('base64') },
  }
}

const SIGNED = 'header.payload'

const done: Done[] = []
for (const work of JSON.parse(await text(process.stdin)) as Work[]) done.push(await carry(work))
const report: Report = { versions: process.versions, curves: getCurves(), done }
process.stdout.write(JSON.stringify(report))
