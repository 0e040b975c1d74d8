import { judgeForSigning } from '../../certificate/judge.ts'
import { lookAtMaterial } from '../../certificate/look.ts'
import { readMaterial } from '../../certificate/material.ts'
import type { CertificateLook } from '../../contract/certificate.ts'
import { InspectionNotes, type Inspection } from './inspection.ts'

/** What a certificate file of any form holds, as far as it opens without a password, and whether it can sign. */
export async function inspectCertificate(bytes: Uint8Array, file: string, now: Date): Promise<Inspection> {
  const material = await readMaterial({ file: bytes })
  const look = lookAtMaterial(file, material, judgeForSigning(material, { now }), now)
  const notes = new InspectionNotes()
  notes.fact('Format', look.format)
  notes.fact('Protection', look.protection)
  notes.fact('Private key', look.privateKey === 'missing' ? 'not found' : 'in this file')
  noteCertificate(look, notes)
  for (const warning of look.warnings) notes.warn(warning)
  notes.refusals.push(...look.problems)
  return notes.as('certificate')
}

function noteCertificate({ certificate, chain }: CertificateLook, notes: InspectionNotes): void {
  if (!certificate) return
  const { subject, issuer, selfSigned, notBefore, notAfter, daysLeft, key, signature } = certificate
  notes.fact('Subject', subject)
  notes.fact('Issuer', selfSigned ? 'itself (self-signed)' : issuer)
  notes.fact('Valid', `${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}`)
  notes.fact('Days left', daysLeft)
  notes.fact('Key', key)
  notes.fact('Signature', signature)
  notes.fact('Key usage', certificate.keyUsage.join(', ') || undefined)
  notes.fact('Serial number', certificate.serialNumber)
  notes.fact('Thumbprint', certificate.thumbprint)
  notes.fact('SHA-256', certificate.thumbprint256)
  notes.fact('Key id (kid)', certificate.kid)
  for (const authority of chain) notes.fact('Authority', authority.subject)
}
