import { join } from 'node:path'
import { planned, type PlannedStep } from '../../setup/step.ts'
import { writeStoreCertificate } from '../../steps/write-store-certificate.ts'
import type { FoundInstallation } from './found.ts'

/** A certificate by which the service's address is trusted goes beside the record, where no file holds it yet. */
export function trusted(found: FoundInstallation, stateFolder: string): FoundInstallation {
  const { installation, trust } = found
  if (trust === undefined || installation.tlsCertificate !== undefined) return found
  const tlsCertificate = join(stateFolder, 'installations', `${installation.id}.crt`)
  return { ...found, installation: { ...installation, tlsCertificate } }
}

/** By this the service is trusted when it is asked; the certificate of the address itself stays as it is. */
export function trustSteps({ trust, installation }: FoundInstallation): PlannedStep[] {
  if (trust === undefined || installation.tlsCertificate === undefined) return []
  return [
    planned(
      writeStoreCertificate,
      { id: 'write-trust', title: 'Note the HTTPS certificate of the service', group: 'certificate' },
      {
        pem: trust,
        certificate: installation.tlsCertificate,
        subject: new URL(installation.localUrl).hostname,
      },
    ),
  ]
}
