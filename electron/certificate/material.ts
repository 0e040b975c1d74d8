import { createHash, type X509Certificate } from 'node:crypto'
import type { CertificateLook } from '../contract/certificate.ts'
import { type Problem, SetupError } from '../contract/problem.ts'
import type { Secret } from '../secrets/secret.ts'
import { MalformedError, readElement } from './asn1/ber.ts'
import { chainOf, distinct, endCertificates } from './chain.ts'
import { type Contents, readContents } from './contents.ts'
import { materialProblems as say } from './material-problems.ts'
import { type FoundKey, readKey } from './private-key.ts'
import { partsOf } from './x509.ts'

/** A certificate, its chain and its key, from whatever files they lie in. */
export interface Material {
  readonly format: Exclude<CertificateLook['format'], 'JWKS'>
  /** How the file is protected, such as `AES-256, SHA-256 MAC, no password`. */
  readonly protection?: string
  /** Missing where none could be read, or more than one could be meant. */
  readonly certificate?: X509Certificate
  /** Those of the authorities, the nearest first, as far as they were given. */
  readonly chain: readonly X509Certificate[]
  /** The certificate's own, PKCS#8, DER. A secret. */
  readonly privateKey?: Buffer
  readonly keyFrom: CertificateLook['privateKey']
  readonly ready: CertificateLook['ready']
  /** What keeps the files from being read; whether the certificate can sign is another question. */
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
}

/** The private key of a certificate request whose answer has not come yet. */
interface PendingKey {
  /** See {@link publicKeyHashOf}. */
  readonly publicKeyHash: string
  /** PKCS#8, DER. A secret. */
  open(): Promise<Uint8Array>
}

export interface MaterialFiles {
  readonly file: Uint8Array
  /** The file of the private key, where it is not the same. */
  readonly privateKey?: { readonly path: string; readonly bytes: Uint8Array }
  /** Of the PFX, or of the encrypted private key. */
  readonly password?: Secret
  /** Asked only when no key is in the files. */
  readonly pendingKeys?: () => Promise<readonly PendingKey[]>
}

/**
 * Reads a certificate with its chain and key. Never throws for what stands in the files: that becomes problems; those of
 * the private key's file name it.
 */
export async function readMaterial(files: MaterialFiles): Promise<Material> {
  const own = await readContents(files.file, files.password)
  const other = await readKeyFile(files, own)
  const keys = [...own.keys, ...(other?.keys ?? [])]
  const problems = [...own.problems, ...(other?.problems ?? [])]
  const warnings = [...own.warnings, ...(other?.warnings ?? [])]
  const { format, protection } = own
  const certificates = distinct(own.certificates)
  const ends = endCertificates(certificates, keys)
  const [certificate] = ends
  const base = { format, ...(protection ? { protection } : {}) }
  if (!certificate || ends.length > 1) {
    if (ends.length > 1) problems.push(say.several(ends.map((each) => partsOf(each).subject)))
    else if (problems.length === 0) problems.push(own.keys.length > 0 ? say.keyOnly() : say.none())
    return { ...base, chain: [], keyFrom: 'missing', ready: false, problems, warnings }
  }
  const chain = chainOf(certificate, certificates)
  const unused = certificates.filter((each) => each !== certificate && !chain.includes(each))
  if (unused.length > 0) warnings.push(say.leftOut(unused.map((each) => partsOf(each).subject)))
  const found = await keyFor(certificate, own, other, files).catch((error: unknown) => {
    if (!(error instanceof SetupError)) throw error
    problems.push(error.problem)
    return undefined
  })
  if (!found && keys.length > 0)
    problems.push(inFile(own.keys.length > 0 ? undefined : files.privateKey, say.otherKey()))
  const keyFrom = found?.keyFrom ?? 'missing'
  return {
    ...base,
    certificate,
    chain,
    ...(found?.privateKey ? { privateKey: found.privateKey } : {}),
    keyFrom,
    ready: own.opensAsIs && keyFrom === 'same-file',
    problems,
    warnings,
  }
}

/** What is in the file of the private key, where there is one. */
async function readKeyFile(
  { privateKey, password }: MaterialFiles,
  own: Contents,
): Promise<Contents | undefined> {
  if (!privateKey) return undefined
  const other = await readContents(privateKey.bytes, password)
  const problems = [...other.problems]
  if (problems.length === 0 && other.keys.length === 0)
    problems.push(areSwapped(own, other) ? say.swapped() : say.noKeyInFile())
  const here = (problem: Problem) => inFile(privateKey, problem)
  return { ...other, problems: problems.map(here), warnings: other.warnings.map(here) }
}

function areSwapped(own: Contents, other: Contents): boolean {
  return own.certificates.length === 0 && own.keys.length > 0 && other.certificates.length > 0
}

/** Says which file a problem is about, where it is not the certificate's. */
function inFile(file: MaterialFiles['privateKey'], problem: Problem): Problem {
  return file ? { ...problem, where: { file: file.path } } : problem
}

/** SHA-256 of a certificate's `SubjectPublicKeyInfo`, lower-case hexadecimal: the same for each certificate of one key. */
export function publicKeyHashOf(certificate: X509Certificate): string {
  return createHash('sha256').update(partsOf(certificate).publicKey).digest('hex')
}

interface Found {
  /** Missing for a kind of key that nobody here can sign with. */
  readonly privateKey?: Buffer
  readonly keyFrom: Material['keyFrom']
}

async function keyFor(
  certificate: X509Certificate,
  own: Contents,
  other: Contents | undefined,
  { pendingKeys }: MaterialFiles,
): Promise<Found | undefined> {
  const { publicKey, key: kind } = partsOf(certificate)
  const fits = (key: FoundKey) => key.publicKey?.equals(publicKey) ?? key.kind.name === kind.name
  const places = [
    ['same-file', own.keys],
    ['other-file', other?.keys ?? []],
  ] as const
  for (const [keyFrom, keys] of places) {
    const key = keys.find(fits)
    if (key) return { keyFrom, ...(key.publicKey ? { privateKey: key.pkcs8 } : {}) }
  }
  if (other || own.keys.length > 0 || !pendingKeys) return undefined
  const hash = publicKeyHashOf(certificate)
  const pending = (await pendingKeys()).find((each) => each.publicKeyHash.toLowerCase() === hash)
  if (!pending) return undefined
  const privateKey = Buffer.from(await pending.open())
  if (!publicKeyIn(privateKey)?.equals(publicKey)) throw new SetupError(say.pendingKeyDamaged())
  return { privateKey, keyFrom: 'pending-request' }
}

/** `SubjectPublicKeyInfo` of a PKCS#8 key, DER; undefined where it is none that can sign. */
function publicKeyIn(pkcs8: Buffer): Buffer | undefined {
  try {
    return readKey(readElement(pkcs8), 'pkcs8').publicKey
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}
