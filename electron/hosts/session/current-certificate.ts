import { judgeForSigning } from '../../certificate/judge.ts'
import { lookAtMaterial, lookAtPublished } from '../../certificate/look.ts'
import { readMaterial } from '../../certificate/material.ts'
import type { CertificateFacts, CertificateLook } from '../../contract/certificate.ts'
import { problemOf, SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { localEndpoint, readDiscovery } from '../../oidc/discovery.ts'
import { readKeys } from '../../oidc/keys.ts'
import type { Installation } from '../../service/installation.ts'
import { noSigningFile } from '../../steps/signing-file.ts'
import type { Prepared } from './prepared.ts'
import { installationOf } from './scenarios.ts'
import type { Session } from './session.ts'

/** Short: the first page waits for it. */
const ASK_MS = 2000

type Signing = Pick<Installation, 'pfx' | 'localUrl' | 'tlsCertificate'>

/**
 * The certificate that an installation signs with: of its PFX or, where that is not there or may not be read, the one
 * that the running service publishes.
 * @throws SetupError why the file could not be read, when the service cannot be asked either; `certificate.missing`
 */
export async function currentCertificate(machine: Machine, signing: Signing): Promise<CertificateLook> {
  const now = machine.clock.now()
  try {
    const bytes = await machine.files.read(signing.pfx)
    if (!bytes) throw noSigningFile(signing.pfx)
    const material = await readMaterial({ file: bytes })
    return lookAtMaterial(signing.pfx, material, judgeForSigning(material, { now }), now)
  } catch (error) {
    return published(machine, signing, now).catch(() => {
      throw new SetupError(problemOf(error))
    })
  }
}

/** What the report says of the certificate after a run; undefined where it cannot be known. Never rejects. */
export async function certificateIn(
  session: Session,
  prepared: Prepared,
): Promise<CertificateFacts | undefined> {
  try {
    const installation = await installationOf(session, prepared)
    return (await currentCertificate(prepared.machine, installation)).certificate
  } catch {
    return undefined
  }
}

async function published(
  machine: Machine,
  { localUrl, tlsCertificate }: Signing,
  now: Date,
): Promise<CertificateLook> {
  const pem = tlsCertificate === undefined ? undefined : await machine.files.read(tlsCertificate)
  const options = { timeoutMs: ASK_MS, ...(pem ? { trust: [Buffer.from(pem).toString('utf8')] } : {}) }
  const { jwks_uri: announced } = await readDiscovery(machine.network, localUrl, options)
  const address = localEndpoint(localUrl, announced)
  const { keys } = await readKeys(machine.network, address, options)
  return lookAtPublished(address, keys[0]!, now)
}
