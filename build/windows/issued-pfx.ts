import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import forge from 'node-forge'
import { openPfx } from '../../electron/certificate/pkcs12/open.ts'
import { createSigningCertificate } from '../../electron/certificate/signing.ts'
import { powershell } from './powershell.ts'
import { ISSUE_PFX } from './powershell-scripts.ts'
import type { Server } from './server.ts'

/** Both ways in which Windows seals a PFX with a password. */
const ALGORITHMS = ['AES256_SHA256', 'TripleDES_SHA1'] as const

/** Latin letters beyond ASCII, Cyrillic ones, and one that takes two UTF-16 units. */
const PASSWORD = 'Schlüssel-Ключ-🔑-7'

export interface IssuedPfx {
  /** The same certificate in each. */
  readonly files: readonly string[]
  /** Holds the password, as `file:` of a reference names it. */
  readonly passwordFile: string
}

/** Has Windows issue a certificate for signing, as files with a password; below the working folder, not the artifacts. */
export async function issuePfx(server: Server, name: string): Promise<IssuedPfx> {
  const passwordFile = join(server.work, `${name}-issued.password`)
  await writeFile(passwordFile, PASSWORD, { mode: 0o600 })
  const files = ALGORITHMS.map((algorithm) => ({
    path: join(server.work, `${name}-issued-${algorithm}.pfx`),
    algorithm,
  }))
  const subject = `CN=${name} issued`
  if (server.practice) {
    const bytes = await sealedHere(server, subject)
    for (const { path } of files) await writeFile(path, bytes, { mode: 0o600 })
  } else await powershell(server, ISSUE_PFX, { subject, password: PASSWORD, files })
  return { files: files.map(({ path }) => path), passwordFile }
}

/** Stands in for Windows in a practice run: no authority, and 3DES in either file. */
async function sealedHere({ machine }: Server, subject: string): Promise<Buffer> {
  const { random, clock } = machine
  const { pfx } = await createSigningCertificate({ subject, now: clock.now(), random })
  const opened = await openPfx(pfx, undefined)
  if ('refused' in opened) throw new Error(`The PFX that was made is refused: ${opened.refused}.`)
  const [certificate, privateKey] = [opened.certificates[0]!, opened.privateKeys[0]!].map((der) =>
    forge.asn1.fromDer(der.toString('binary')),
  )
  const sealed = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromAsn1(forge.asn1.fromDer(innerKey(privateKey!))),
    [forge.pki.certificateFromAsn1(certificate!)],
    PASSWORD,
    { algorithm: '3des' },
  )
  return Buffer.from(forge.asn1.toDer(sealed).getBytes(), 'binary')
}

/** The PKCS#1 key in a PKCS#8 one (RFC 5958): its third element. */
function innerKey(pkcs8: forge.asn1.Asn1): string {
  return (pkcs8.value as forge.asn1.Asn1[])[2]!.value as string
}
