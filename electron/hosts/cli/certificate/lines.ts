import type { CertificateFacts } from '../../../contract/certificate.ts'
import type { Problem } from '../../../contract/problem.ts'

/** What a certificate is, a line each, for a terminal. */
export function certificateLines(facts: CertificateFacts): readonly string[] {
  const { subject, issuer, selfSigned, notBefore, notAfter, key, signature, serialNumber } = facts
  const rows: readonly (readonly [label: string, value: string])[] = [
    ['Subject', subject],
    ['Issuer', selfSigned ? 'itself (self-signed)' : issuer],
    ['Valid', `${dayOf(notBefore)} to ${dayOf(notAfter)}, ${daysLeftText(facts.daysLeft)}`],
    ['Key', key],
    ['Signature', signature],
    ...(facts.keyUsage.length > 0 ? [['Key usage', facts.keyUsage.join(', ')] as const] : []),
    ['Serial number', serialNumber],
    ['Thumbprint', facts.thumbprint],
    ['SHA-256', facts.thumbprint256],
    ...(facts.kid === undefined ? [] : [['Key id (kid)', facts.kid] as const]),
    // Nothing here tells for which version it is meant.
    ...(key.startsWith('ECDSA')
      ? [['Needs', 'the Identity Service of Creatio 8.2.3 or later'] as const]
      : []),
  ]
  return rows.map(([label, value]) => `  ${label.padEnd(14)} ${value}`)
}

/** What is worth knowing of a certificate and keeps nobody from anything. */
export function warningLines({ what, cause, next, details = [] }: Problem): readonly string[] {
  const sentences = [what, cause, next].filter((sentence) => sentence !== undefined)
  return [`! ${sentences.join(' ')}`, ...details.map((detail) => `  | ${detail}`)]
}

/** `2029-11-20`. */
export function dayOf(iso: string): string {
  return iso.slice(0, 10)
}

/** `1095 days left`, `ends within a day`, `has ended`, `ended 3 days ago`. */
export function daysLeftText(days: number): string {
  // From the first moment after its end until two days later.
  if (days < 0) return days === -1 ? 'has ended' : `ended ${-days} days ago`
  if (days === 0) return 'ends within a day'
  return days === 1 ? '1 day left' : `${days} days left`
}
