import { X509Certificate } from 'node:crypto'
import { child, type Element, identifierOf, MalformedError, octetsOf, readElement } from './asn1/ber.ts'
import { distinguishedName } from './distinguished-name.ts'
import { type KeyKind, kindOfPublicKey } from './key-kind.ts'
import { type CertificateSignature, readSignature } from './signature-algorithm.ts'
import { timeOf } from './asn1/time.ts'

/** A certificate's own words (RFC 5280, 4.1), read from its bytes and so the same under every crypto library. */
export interface CertificateParts {
  readonly subject: string
  readonly issuer: string
  /** DER, to be compared byte by byte. */
  readonly subjectName: Buffer
  readonly issuerName: Buffer
  readonly notBefore: Date
  readonly notAfter: Date
  /** Hexadecimal, upper case, without leading zero bytes. */
  readonly serialNumber: string
  readonly key: KeyKind
  /** `SubjectPublicKeyInfo`, DER. */
  readonly publicKey: Buffer
  readonly signature: CertificateSignature
  /** Missing where the certificate does not restrict its key. */
  readonly keyUsage?: readonly string[]
  /** Whether it is an authority's (`cA` of its basic constraints). */
  readonly authority: boolean
  readonly subjectKeyId?: string
  readonly authorityKeyId?: string
}

const usages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const

const known = new WeakMap<X509Certificate, CertificateParts>()

/** What a certificate says. @throws MalformedError */
export function partsOf(certificate: X509Certificate): CertificateParts {
  const before = known.get(certificate)
  if (before) return before
  const parts = readParts(readElement(certificate.raw))
  known.set(certificate, parts)
  return parts
}

/** Whether a structure is a certificate, well or badly made; a request and a revocation list are none. */
export function isCertificate({ children: [tbs, algorithm, signature] }: Element): boolean {
  if (tbs?.tag !== 0x30 || algorithm?.tag !== 0x30 || signature?.tag !== 0x03) return false
  const at = tbs.children[0]?.tag === 0xa0 ? 1 : 0
  const [serial, own, issuer, validity, subject, key] = tbs.children.slice(at)
  return serial?.tag === 0x02 && [own, issuer, validity, subject, key].every((part) => part?.tag === 0x30)
}

/** Reads a certificate. @throws MalformedError */
export function certificateOf(der: Uint8Array): X509Certificate {
  const element = readElement(der)
  const parts = readParts(element)
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(element.raw)
  } catch (error) {
    throw new MalformedError('The crypto library does not read the certificate.', { cause: error })
  }
  known.set(certificate, parts)
  return certificate
}

function readParts(outer: Element): CertificateParts {
  if (!isCertificate(outer)) throw new MalformedError('No certificate.')
  const tbs = child(outer, 0)
  const at = tbs.children[0]?.tag === 0xa0 ? 1 : 0
  const part = (index: number) => child(tbs, at + index)
  const validity = part(3)
  const [issuer, subject, publicKey] = [part(2), part(4), part(5)]
  const extensions = extensionsOf(tbs)
  const keyUsage = extensions.get('2.5.29.15')
  const constraints = extensions.get('2.5.29.19')
  const subjectKeyId = extensions.get('2.5.29.14')
  const authorityKeyId = extensions.get('2.5.29.35')?.children.find(({ tag }) => tag === 0x80)
  return {
    subject: distinguishedName(subject),
    issuer: distinguishedName(issuer),
    subjectName: subject.raw,
    issuerName: issuer.raw,
    notBefore: timeOf(child(validity, 0)),
    notAfter: timeOf(child(validity, 1)),
    serialNumber: serialOf(part(0)),
    key: kindOfPublicKey(publicKey),
    publicKey: publicKey.raw,
    signature: readSignature(child(outer, 1)),
    authority: constraints?.children[0]?.tag === 0x01 && constraints.children[0].content[0] !== 0,
    ...(keyUsage ? { keyUsage: usagesOf(keyUsage) } : {}),
    ...(subjectKeyId ? { subjectKeyId: octetsOf(subjectKeyId).toString('hex') } : {}),
    ...(authorityKeyId ? { authorityKeyId: authorityKeyId.content.toString('hex') } : {}),
  }
}

function extensionsOf(tbs: Element): ReadonlyMap<string, Element> {
  const list = tbs.children.find(({ tag }) => tag === 0xa3)
  const extensions = list ? child(list, 0, 0x30).children : []
  const wanted = ['2.5.29.14', '2.5.29.15', '2.5.29.19', '2.5.29.35']
  return new Map(
    extensions
      .map((extension) => [identifierOf(child(extension, 0)), extension] as const)
      .filter(([oid]) => wanted.includes(oid))
      .map(([oid, extension]) => [oid, readElement(octetsOf(extension.children.at(-1)!))]),
  )
}

/** A bit string counts its bits from the left. */
function usagesOf({ tag, content }: Element): string[] {
  if (tag !== 0x03) throw new MalformedError('No key usage.')
  return usages.filter((_, bit) => ((content[1 + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1)
}

/** As Windows shows it: the bytes as they are, also where they are a negative number. */
function serialOf({ tag, content }: Element): string {
  if (tag !== 0x02) throw new MalformedError('No serial number.')
  return content
    .toString('hex')
    .replace(/^(00)+(?=.)/, '')
    .toUpperCase()
}
