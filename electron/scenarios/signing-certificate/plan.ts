import { basename } from 'node:path'
import type { SigningSource } from '../../certificate/signing-pfx.ts'
import type { SigningCertificateAnswers } from '../../contract/certificate.ts'
import { planned, type PlannedStep } from '../../setup/step.ts'
import { exportCertificate } from '../../steps/export-certificate.ts'
import type { CertificateInput } from '../../steps/certificate-input.ts'
import { writeCertificate } from '../../steps/write-certificate.ts'
import type { SigningFacts } from './facts.ts'

/** The steps that put the certificate in place: the PFX, and what is wanted beside it. */
export function signingSteps(
  certificate: SigningCertificateAnswers,
  facts: SigningFacts,
  place: Omit<CertificateInput, 'source' | 'profile'>,
): PlannedStep[] {
  const { profile, pemPassword } = facts
  const cer = certificate.cer === true
  return [
    planned(
      writeCertificate,
      { id: 'write-certificate', title: `Write ${basename(place.path)}`, group: 'certificate', weight: 2 },
      { ...place, source: sourceOf(certificate, facts), profile },
    ),
    ...(cer || pemPassword
      ? [
          planned(
            exportCertificate,
            {
              id: 'export-certificate',
              title: 'Write the certificate in other forms',
              group: 'certificate',
              follows: ['write-certificate'],
            },
            { pfx: place.path, cer, ...(pemPassword ? { pemPassword } : {}) },
          ),
        ]
      : []),
  ]
}

function sourceOf(
  certificate: SigningCertificateAnswers,
  { password, thumbprint }: SigningFacts,
): SigningSource {
  if (certificate.from === 'new') {
    const { from, key, hash, subject, days } = certificate
    return { from, key, hash, subject, days }
  }
  const { from, file, privateKey } = certificate
  return { from, file, privateKey, password, thumbprint: thumbprint! }
}
