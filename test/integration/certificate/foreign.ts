import { X509Certificate } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { kinds, nameOf, type Kind } from './kinds.ts'
import { openssl } from './openssl.ts'
import { askDotnet, type DotnetRequest } from './readers/dotnet-reader.ts'
import { NssDatabase } from './readers/nss-reader.ts'

/** How openssl can protect a PFX: as it does by itself, for old Windows, and as its versions before 3.0 did. */
export const protections = {
  'AES-256': ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha256'],
  '3DES': ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
  'RC2-40': ['-legacy', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-RC2-40', '-macalg', 'sha1'],
} as const

/** A signing certificate that an authority has issued, in the files of openssl. */
export interface Issued {
  readonly kind: Kind
  /** PEM. */
  readonly certificate: string
  /** Those of the authorities, PEM, the nearest first. */
  readonly chain: readonly [string, string]
  /** Paths: PEM, the key not encrypted. */
  readonly files: { readonly certificate: string; readonly key: string; readonly chain: string }
}

/** Has openssl play a root, an authority under it, and issue a certificate for each kind of key. */
export async function issueAll(folder: string): Promise<ReadonlyMap<string, Issued>> {
  const at = (name: string) => join(folder, name)
  const chain = await makeAuthority(folder)
  const issued = new Map<string, Issued>()
  for (const kind of kinds) {
    const name = nameOf(kind)
    const usage = [
      '-addext',
      'keyUsage=critical,digitalSignature',
      '-addext',
      'basicConstraints=critical,CA:FALSE',
    ]
    await request(at(name), name, [...kind.openssl, ...usage, ...signedBy(at('authority'))])
    const files = { certificate: at(`${name}.crt`), key: at(`${name}.key`), chain: at('chain.crt') }
    issued.set(name, { kind, certificate: await text(files.certificate), chain, files })
  }
  return issued
}

/**
 * What an authority sends back for a certificate request: PKCS#7 with the certificate that it has issued and its own.
 * Returns the path, and the certificate.
 */
export async function authorityAnswers(
  folder: string,
  csr: string,
): Promise<{ readonly answer: string; readonly certificate: X509Certificate }> {
  const at = (name: string) => join(folder, name)
  await makeAuthority(folder)
  const copied = ['-copy_extensions', 'copy', '-CAcreateserial', '-days', '30', '-out', at('issued.crt')]
  await openssl(['x509', '-req', ...signedBy(at('authority')), ...copied], csr)
  const all = ['-certfile', at('chain.crt'), '-certfile', at('issued.crt')]
  await openssl(['crl2pkcs7', '-nocrl', ...all, '-outform', 'DER', '-out', at('answer.p7b')])
  return { answer: at('answer.p7b'), certificate: new X509Certificate(await text(at('issued.crt'))) }
}

/** `root`, `authority` under it, and both in `chain.crt`. Returns their certificates, the nearer first. */
async function makeAuthority(folder: string): Promise<readonly [authority: string, root: string]> {
  const at = (name: string) => join(folder, name)
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
  const ca = [...curve, '-addext', 'basicConstraints=critical,CA:TRUE']
  await request(at('root'), 'Example Root', ca)
  await request(at('authority'), 'Example Authority', [...ca, ...signedBy(at('root'))])
  const chain = [await text(at('authority.crt')), await text(at('root.crt'))] as const
  await writeFile(at('chain.crt'), chain.join(''))
  return chain
}

/** A PFX as openssl makes it. Returns its path. */
export async function exportByOpenssl(
  { files }: Issued,
  to: string,
  protection: keyof typeof protections,
  password: string,
): Promise<string> {
  const parts = ['-inkey', files.key, '-in', files.certificate, '-certfile', files.chain]
  const how = [...protections[protection], '-passout', `pass:${password}`]
  await openssl(['pkcs12', '-export', ...parts, ...how, '-out', to])
  return to
}

/** PFX files as .NET writes them, without the chain: the certificate and its key. */
export async function exportByDotnet(
  wanted: readonly {
    readonly from: string
    readonly to: string
    readonly password: string
    readonly triple: boolean
  }[],
): Promise<void> {
  const requests = wanted.map(({ from, to, password, triple }): DotnetRequest => ({
    file: from,
    password,
    loader: 'loader',
    export: { file: to, password, kind: triple ? 'Pkcs12TripleDesSha1' : 'Pbes2Aes256Sha256' },
  }))
  for (const { error } of await askDotnet(requests)) if (error !== null) throw new Error(error)
}

/** A PFX as NSS writes it: six hundred thousand rounds of AES-256 for the key. */
export async function exportByNss(from: string, to: string, password: string): Promise<void> {
  const database = new NssDatabase(`${to}.nss`)
  await database.create()
  await database.run('pk12util', ['-i', from, '-W', password])
  await database.run('pk12util', ['-o', to, '-n', await database.nickname(), '-W', password])
}

async function request(stem: string, name: string, options: readonly string[]): Promise<void> {
  const files = ['-nodes', '-keyout', `${stem}.key`, '-out', `${stem}.crt`]
  await openssl(['req', '-x509', ...options, '-subj', `/O=Example/CN=${name}`, '-days', '30', ...files])
}

function signedBy(stem: string): readonly string[] {
  return ['-CA', `${stem}.crt`, '-CAkey', `${stem}.key`]
}

function text(file: string): Promise<string> {
  return readFile(file, 'utf8')
}
