import { createHash, type X509Certificate } from 'node:crypto'
import type { CertificateFacts } from '../contract/certificate.ts'
import { isSelfIssued } from './chain.ts'
import { signingAlgorithmOf } from './key-kind.ts'
import { kidOf } from './keys.ts'
import { thumbprintOf } from './self-signed.ts'
import { partsOf } from './x509.ts'

const DAY_MS = 86_400_000

/** What a certificate says, for eyes. */
export function certificateFacts(certificate: X509Certificate, now: Date): CertificateFacts {
  const { subject, issuer, notBefore, notAfter, serialNumber, key, signature, keyUsage } =
    partsOf(certificate)
  const thumbprint = thumbprintOf(certificate)
  const algorithm = signingAlgorithmOf(key)
  return {
    subject,
    issuer,
    selfSigned: isSelfIssued(certificate),
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    daysLeft: daysLeft(notAfter, now),
    key: key.name,
    signature: signature.name,
    serialNumber,
    thumbprint,
    thumbprint256: createHash('sha256').update(certificate.raw).digest('hex').toUpperCase(),
    ...(algorithm ? { kid: kidOf(thumbprint, algorithm) } : {}),
    keyUsage: keyUsage ?? [],
  }
}

/** Whether an end is so near that a replacement has to be planned, or past: 30 days and fewer. */
export function endsSoon(days: number): boolean {
  return days <= WARNING_DAYS
}

const WARNING_DAYS = 30

/** Whole days until a moment. Once it has passed, those since then, below zero: -1 from the first moment on. */
export function daysLeft(until: Date, now: Date): number {
  const days = (until.getTime() - now.getTime()) / DAY_MS
  return days < 0 ? Math.min(-1, Math.ceil(days)) : Math.floor(days)
}
