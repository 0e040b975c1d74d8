import type { X509Certificate } from 'node:crypto'
import type { FoundKey } from './private-key.ts'
import { partsOf } from './x509.ts'

/**
 * The certificates of a file that are nobody's issuer: one for a chain in any order, two where the file mixes things
 * up. An authority's counts only where its key is there, or nothing else is.
 */
export function endCertificates(
  certificates: readonly X509Certificate[],
  keys: readonly FoundKey[],
): readonly X509Certificate[] {
  // One that names itself as its issuer may bear the same name as another such: neither issued the other.
  const issuedByOthers = certificates.filter((each) => !isSelfIssued(each))
  const ends = certificates.filter(
    (each) => !issuedByOthers.some((other) => other !== each && issued(each, other)),
  )
  const own = ends.filter((each) => {
    const { authority, publicKey } = partsOf(each)
    return !authority || keys.some((key) => key.publicKey?.equals(publicKey))
  })
  return own.length > 0 ? own : ends
}

/** The authorities above a certificate, the nearest first, as far as they are among these. */
export function chainOf(
  certificate: X509Certificate,
  among: readonly X509Certificate[],
): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  for (let at = certificate; !isSelfIssued(at);) {
    const issuers = among.filter((each) => each !== at && issued(each, at))
    const issuer = issuers.find((each) => verifies(each, at)) ?? issuers[0]
    if (!issuer || issuer === certificate || chain.includes(issuer)) break
    chain.push(issuer)
    at = issuer
  }
  return chain
}

/** Every certificate once. */
export function distinct(certificates: readonly X509Certificate[]): readonly X509Certificate[] {
  return certificates.filter(
    (each, at) => certificates.findIndex((other) => other.raw.equals(each.raw)) === at,
  )
}

/** Whether a certificate names itself as its issuer. */
export function isSelfIssued(certificate: X509Certificate): boolean {
  return issued(certificate, certificate)
}

/** Whether one certificate names the other as its issuer, by name and by key identifier where both give one. */
function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  const above = partsOf(issuer)
  const below = partsOf(certificate)
  if (!above.subjectName.equals(below.issuerName) && above.subject !== below.issuer) return false
  const { subjectKeyId: has } = above
  const { authorityKeyId: wants } = below
  return has === undefined || wants === undefined || has === wants
}

/** Of two authorities of one name, the one whose key it is. */
function verifies(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}
