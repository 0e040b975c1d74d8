import type { X509Certificate } from 'node:crypto'
import type { Problem } from '../contract/problem.ts'
import type { Secret } from '../secrets/secret.ts'
import { MalformedError, readElement } from './asn1/ber.ts'
import { type KeyKind, signingAlgorithmOf } from './key-kind.ts'
import type { PublicJwk } from './keys.ts'
import { pemBlocks } from './pem-blocks.ts'
import { openPfx, type OpenedPfx, type PfxRefusal } from './pkcs12/open.ts'
import { keyFormOf, readKey } from './private-key.ts'
import { pfxProblems } from './read-problems.ts'
import { thumbprintOf } from './self-signed.ts'
import { certificateOf, isCertificate, partsOf } from './x509.ts'

/** What stands in a PFX file, without its private key. */
interface PfxFacts {
  /** Upper-case hexadecimal SHA-1. */
  readonly thumbprint: string
  /** Missing for kinds of keys the service cannot sign with. */
  readonly publicJwk?: PublicJwk
  /** The certificate without its key. */
  readonly certificatePem: string
  readonly subject: string
  readonly issuer: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly hasPrivateKey: boolean
  /** Such as `RSA-2048` or `ECDSA P-256`. */
  readonly keyKind: string
}

export interface PfxReport {
  /** Missing when the file could not be opened. */
  readonly facts?: PfxFacts
  /** Everything that would keep the service from signing with this file; empty when it can. */
  readonly problems: readonly Problem[]
}

/** A signing certificate with its chain takes a few kilobytes. */
const MOST_BYTES = 1024 * 1024

/**
 * Reads a PFX as the service would: without a password. With `password` given it is also tried, to show what is
 * inside; the file stays a problem, because the service has no way of being told the password.
 */
export async function readPfx(bytes: Uint8Array, password?: Secret): Promise<PfxReport> {
  if (bytes.length === 0) return { problems: [pfxProblems.empty()] }
  if (bytes.length > MOST_BYTES) return { problems: [pfxProblems.tooLarge(bytes.length)] }
  const other = anotherFormat(bytes)
  if (other !== undefined) return { problems: [other] }

  const open = await openPfx(bytes, undefined)
  if (!('refused' in open)) return report(open, [])
  if (open.refused !== 'wrong-password') return { problems: [refusalOf(open)] }
  if (password === undefined || password.open() === '') return { problems: [pfxProblems.password()] }
  const opened = await openPfx(bytes, password.open())
  if (!('refused' in opened)) return report(opened, [pfxProblems.password()])
  return { problems: [opened.refused === 'wrong-password' ? pfxProblems.wrongPassword() : refusalOf(opened)] }
}

function refusalOf({ refused, about }: PfxRefusal): Problem {
  return refused === 'unsupported' && about !== undefined
    ? pfxProblems.unsupported(about)
    : pfxProblems.garbage()
}

function report(opened: OpenedPfx, found: readonly Problem[]): PfxReport {
  try {
    return { ...reportOf(opened, found) }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    return { problems: [...found, pfxProblems.garbage()] }
  }
}

function reportOf(opened: OpenedPfx, found: readonly Problem[]): PfxReport {
  const certificates = opened.certificates.map((der) => certificateOf(der))
  const keys = opened.privateKeys.map((der) => publicKeyOf(der))
  const own = certificates.find((each) => keys.some((key) => key?.equals(partsOf(each).publicKey)))
  const certificate = own ?? certificates[0]
  if (certificate === undefined) return { problems: [...found, pfxProblems.noCertificate()] }
  const { subject, issuer, notBefore, notAfter, key } = partsOf(certificate)
  const publicJwk = publicJwkOf(certificate, key)
  const facts: PfxFacts = {
    thumbprint: thumbprintOf(certificate),
    ...(publicJwk && { publicJwk }),
    certificatePem: certificate.toString(),
    subject,
    issuer,
    notBefore,
    notAfter,
    hasPrivateKey: own !== undefined,
    keyKind: key.name,
  }
  const problems = [...found]
  if (opened.protection.includes('PBMAC1')) problems.push(pfxProblems.pbmac1())
  if (keys.length === 0) problems.push(pfxProblems.noPrivateKey())
  else if (own === undefined && keys.some((each) => each !== undefined)) problems.push(pfxProblems.otherKey())
  if (key.bits === undefined && key.curve === undefined) problems.push(pfxProblems.keyKind(key.name))
  else if (signingAlgorithmOf(key) === undefined) problems.push(pfxProblems.shortKey(key.name))
  return { facts, problems }
}

/** `SubjectPublicKeyInfo`, DER; undefined for kinds of keys that the crypto library does not know. */
function publicKeyOf(pkcs8: Buffer): Buffer | undefined {
  const element = readElement(pkcs8)
  if (keyFormOf(element) !== 'pkcs8') throw new MalformedError('No private key.')
  return readKey(element, 'pkcs8').publicKey
}

function publicJwkOf(certificate: X509Certificate, { bits, curve }: KeyKind): PublicJwk | undefined {
  if (bits === undefined && curve === undefined) return undefined
  try {
    const { n, e, x, y } = certificate.publicKey.export({ format: 'jwk' })
    return curve === undefined ? { kty: 'RSA', n: n!, e: e! } : { kty: 'EC', crv: curve, x: x!, y: y! }
  } catch (error) {
    throw new MalformedError('The crypto library does not read the public key.', { cause: error })
  }
}

/** Files people mistake for a PFX. */
function anotherFormat(bytes: Uint8Array): Problem | undefined {
  const blocks = pemBlocks(bytes)
  if (blocks) return pfxProblems.pem(blocks.some(({ label }) => label.endsWith('PRIVATE KEY')))
  try {
    return isCertificate(readElement(bytes)) ? pfxProblems.certificateOnly() : undefined
  } catch {
    return undefined
  }
}
