import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { MachineCertificate } from './certificates.ts'

export interface Judgement {
  readonly usable: boolean
  /** One sentence, when it is not usable. */
  readonly why?: string
}

type Judged = Pick<
  MachineCertificate,
  'pem' | 'notBefore' | 'notAfter' | 'names' | 'eku' | 'hasPrivateKey' | 'keyUsable'
>

/** id-kp-serverAuth and anyExtendedKeyUsage, RFC 5280, 4.2.1.12. */
const FOR_SERVERS = new Set(['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'])

/** Signatures by SHA-1 or MD5, in DER (RFC 8017, A.2.4; RFC 5758): collisions of both can be made. */
const WEAK_SIGNATURES: Readonly<Record<string, string>> = {
  '2a864886f70d010105': 'SHA-1',
  '2b0e03021d': 'SHA-1',
  '2a8648ce3d0401': 'SHA-1',
  '2a8648ce380403': 'SHA-1',
  '2a864886f70d010104': 'MD5',
}

/**
 * Whether a certificate of the machine can serve HTTPS under a name, as clients judge it (RFC 9525, and RFC 2818 for
 * the common name). Who issued it and whether they are trusted is another question.
 *
 * @param hostName DNS name or address that clients will use; undefined: names are not looked at
 */
export function judgeForHttps(certificate: Judged, hostName: string | undefined, now: Date): Judgement {
  const why = objection(certificate, hostName, now)
  return why === undefined ? { usable: true } : { usable: false, why }
}

function objection(certificate: Judged, hostName: string | undefined, now: Date): string | undefined {
  const { notBefore, notAfter, eku } = certificate
  if (now > notAfter) return `It expired on ${day(notAfter)}.`
  if (now < notBefore) return `It is not valid before ${day(notBefore)}.`
  if (!certificate.hasPrivateKey) return 'Its private key is not on this machine.'
  if (certificate.keyUsable === false)
    return 'Its private key belongs to a user, not to the machine: import it again for the machine.'
  if (eku.length > 0 && !eku.some((usage) => FOR_SERVERS.has(usage)))
    return 'It is not meant for servers: its enhanced key usage lacks “Server Authentication”.'
  const parsed = new X509Certificate(certificate.pem)
  return (
    weakness(parsed) ?? (hostName === undefined ? undefined : wrongName(parsed, hostName, certificate.names))
  )
}

function weakness(parsed: X509Certificate): string | undefined {
  const hash = WEAK_SIGNATURES[signatureAlgorithm(parsed.raw)]
  if (hash !== undefined) return `It is signed with ${hash}, which clients refuse.`
  const bits = parsed.publicKey.asymmetricKeyDetails?.modulusLength
  if (parsed.publicKey.asymmetricKeyType === 'rsa' && bits !== undefined && bits < 2048)
    return `Its RSA key has ${bits} bits; clients ask for 2048 or more.`
  return undefined
}

/** A wildcard stands for one label; the common name counts only where there is no alternative DNS name. */
function wrongName(parsed: X509Certificate, hostName: string, names: readonly string[]): string | undefined {
  const bare = hostName.replace(/^\[(.*)\]$/, '$1')
  const fits = isIP(bare) === 0 ? parsed.checkHost(bare, { partialWildcards: false }) : parsed.checkIP(bare)
  if (fits !== undefined) return undefined
  const instead = names.length === 0 ? '' : ` It is for ${names.slice(0, 5).join(', ')}.`
  return `It is not for “${hostName}”.${instead}`
}

/** Object identifier in hex: the first part of the second part of a certificate (RFC 5280, 4.1). */
function signatureAlgorithm(der: Uint8Array): string {
  const toBeSigned = element(der, element(der, 0).content)
  const algorithm = element(der, element(der, toBeSigned.end).content)
  return Buffer.from(der.subarray(algorithm.content, algorithm.end)).toString('hex')
}

/** Where an element of DER has its content, and where it ends (ITU-T X.690, 8.1.3). */
function element(der: Uint8Array, at: number): { readonly content: number; readonly end: number } {
  const first = der[at + 1]!
  if (first < 0x80) return { content: at + 2, end: at + 2 + first }
  const digits = first & 0x7f
  const length = Buffer.from(der).readUIntBE(at + 2, digits)
  return { content: at + 2 + digits, end: at + 2 + digits + length }
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
