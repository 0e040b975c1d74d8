import type { WebsiteAnswers } from '../../contract/answers.ts'
import { planned, type PlannedStep } from '../../setup/step.ts'
import { exportTlsCertificate } from '../../steps/export-tls-certificate.ts'
import { importTlsCertificate } from '../../steps/import-tls-certificate.ts'
import { writeStoreCertificate } from '../../steps/write-store-certificate.ts'
import { writeTlsCertificate } from '../../steps/write-tls-certificate.ts'
import type { Facts } from './facts.ts'
import { hostsOf, type Layout } from './layout.ts'

/** The certificate as a file without its key, and, where it is not there yet, with its key in the machine’s store. */
export function tlsSteps({ https }: WebsiteAnswers, facts: Facts, layout: Layout): PlannedStep[] {
  if (!https) return []
  const { tlsPfx, tlsCertificate: certificate } = layout
  const about = {
    id: 'write-tls-certificate',
    title: 'Write the HTTPS certificate',
    group: 'certificate',
  } as const
  const bring = (pfx: string) =>
    planned(
      importTlsCertificate,
      {
        id: 'import-tls-certificate',
        title: 'Import the HTTPS certificate',
        group: 'certificate',
        follows: ['write-tls-certificate'],
      },
      { pfx, certificate, ...(facts.tlsPassword ? { password: facts.tlsPassword } : {}) },
    )
  switch (https.certificate.from) {
    case 'store': {
      const { thumbprint, subject, pem, chainPem } = facts.website!.certificate!
      const chain = [pem, ...chainPem].map((each) => each.trim()).join('\n')
      return [planned(writeStoreCertificate, about, { thumbprint, subject, pem: `${chain}\n`, certificate })]
    }
    case 'pfx': {
      const { file: pfx } = https.certificate
      const password = facts.tlsPassword ? { password: facts.tlsPassword } : {}
      return [planned(exportTlsCertificate, about, { pfx, certificate, ...password }), bring(pfx)]
    }
    case 'self-signed': {
      const own = { pfx: tlsPfx, certificate, hosts: hostsOf(layout) }
      return [planned(writeTlsCertificate, about, own), bring(tlsPfx)]
    }
  }
}
