import type { Machine } from '../../machine/machine.ts'
import { ecdsaEvidence, windowsBuild, type EcdsaEvidence } from '../installation/capabilities.ts'
import type { KnownCertificate } from '../installation/certificate-files.ts'
import { otherCertificates } from '../installation/known-certificates.ts'
import { shippedCertificates } from '../installation/shipped-certificates.ts'

/** The service that is to sign with a certificate, as far as it is known. */
export interface SigningService {
  readonly iis: boolean
  /** Its folder, or the archive that it comes from. */
  readonly source?: string | undefined
  /** Whether the service was installed into that folder. */
  readonly installed: boolean
  readonly creatioFolder?: string | undefined
  /** The PFX that it signs with, or will. */
  readonly pfx?: string | undefined
  /** Other files that were made for it, such as the one that was chosen. */
  readonly own: readonly string[]
}

/** What a certificate is held against: what the service can do, and which certificates are others' or everybody's. */
export interface SigningSurroundings {
  /** Build of the Windows that the service runs on; missing for a container. */
  readonly windowsBuild?: number | undefined
  readonly versions: EcdsaEvidence
  /** Certificates of the other installations on this machine. */
  readonly others: readonly KnownCertificate[]
  /** PFX files that every copy of this build has. */
  readonly shipped: readonly KnownCertificate[]
}

/** Looks around a service that is to get a certificate. @throws what `shippedCertificates` throws */
export async function gatherSurroundings(
  machine: Machine,
  stateFolder: string,
  { iis, source, installed, creatioFolder, pfx, own }: SigningService,
): Promise<SigningSurroundings> {
  const except = [...(pfx === undefined ? [] : [pfx]), ...own]
  const [versions, build, others, shipped] = await Promise.all([
    source === undefined ? {} : ecdsaEvidence(machine, { service: source, creatioFolder }),
    iis ? windowsBuild(machine) : undefined,
    otherCertificates(machine, stateFolder, pfx),
    source === undefined ? undefined : shippedCertificates(machine, source, { installed, except }),
  ])
  return {
    versions,
    windowsBuild: build,
    others: others.certificates,
    shipped: shipped?.certificates ?? [],
  }
}
