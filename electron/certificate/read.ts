import { X509Certificate } from 'node:crypto'
import type { Problem } from '../contract/problem.ts'
import type { Secret } from '../secrets/secret.ts'
import { openPfx, type OpenedPfx } from './pkcs12-open.ts'
import { pfxProblems } from './read-problems.ts'
import { thumbprintOf } from './self-signed.ts'

/** The public half of a key as JSON Web Keys spell it (RFC 7518). */
type PublicJwk =
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  | { readonly kty: 'EC'; readonly crv: string; readonly x: string; readonly y: string }

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
  /** Such as `RSA-2048` or `EC P-256`. */
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

  const open = await openPfx(bytes, '')
  if (open === 'unreadable') return { problems: [pfxProblems.garbage()] }
  if (open !== 'wrong-password') return report(open, [])
  if (password === undefined || password.open() === '') return { problems: [pfxProblems.password()] }
  const opened = await openPfx(bytes, password.open())
  return typeof opened === 'string'
    ? { problems: [pfxProblems.wrongPassword()] }
    : report(opened, [pfxProblems.password()])
}

function report({ certificates, keys }: OpenedPfx, found: readonly Problem[]): PfxReport {
  const own = certificates.find((certificate) => keys.some((key) => key.equals(certificate.publicKey)))
  const certificate = own ?? certificates[0]
  if (certificate === undefined) return { problems: [...found, pfxProblems.noCertificate()] }
  const { keyKind, publicJwk, tooShort } = keyOf(certificate)
  const facts: PfxFacts = {
    thumbprint: thumbprintOf(certificate),
    ...(publicJwk && { publicJwk }),
    certificatePem: certificate.toString(),
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
    hasPrivateKey: own !== undefined,
    keyKind,
  }
  const problems = [...found]
  if (own === undefined)
    problems.push(keys.length === 0 ? pfxProblems.noPrivateKey() : pfxProblems.otherKey())
  if (publicJwk === undefined) problems.push(pfxProblems.keyKind(keyKind))
  if (tooShort) problems.push(pfxProblems.shortKey(keyKind))
  return { facts, problems }
}

/** Files people mistake for a PFX, told apart by how they begin. */
function anotherFormat(bytes: Uint8Array): Problem | undefined {
  const head = Buffer.from(bytes.subarray(0, 65_536)).toString('latin1')
  if (/-----BEGIN [A-Z0-9 ]+-----/.test(head)) return pfxProblems.pem(/BEGIN [A-Z ]*PRIVATE KEY/.test(head))
  return isCertificate(bytes) ? pfxProblems.certificateOnly() : undefined
}

function isCertificate(bytes: Uint8Array): boolean {
  try {
    return new X509Certificate(Buffer.from(bytes)).raw.length > 0
  } catch {
    return false
  }
}

function keyOf(certificate: X509Certificate): { keyKind: string; publicJwk?: PublicJwk; tooShort: boolean } {
  const key = certificate.publicKey
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType === 'rsa') {
    const { n, e } = key.export({ format: 'jwk' })
    return { keyKind: `RSA-${bits}`, publicJwk: { kty: 'RSA', n: n!, e: e! }, tooShort: bits < 2048 }
  }
  const curve = signingCurves[key.asymmetricKeyDetails?.namedCurve ?? '']
  if (key.asymmetricKeyType === 'ec' && curve !== undefined) {
    const { x, y } = key.export({ format: 'jwk' })
    return { keyKind: `EC ${curve}`, publicJwk: { kty: 'EC', crv: curve, x: x!, y: y! }, tooShort: false }
  }
  const name = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType ?? 'unknown'
  return { keyKind: name, tooShort: false }
}

/** The curves of ES256, ES384 and ES512, by openssl's names. */
const signingCurves: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

/** Node lists the parts of a name one a line, the country first. */
function nameOf(lines: string): string {
  return lines.split('\n').toReversed().join(', ')
}
