import { ecdsaSupport } from '../../certificate/ecdsa.ts'
import { judgeForSigning } from '../../certificate/judge.ts'
import { readIssued } from '../../certificate/issued.ts'
import { thumbprintOf } from '../../certificate/self-signed.ts'
import { refuseWeakPassword } from '../../certificate/password-strength.ts'
import { profileFor } from '../../certificate/profile.ts'
import type { PfxProfile, SigningCertificateAnswers } from '../../contract/certificate.ts'
import { problemOf, SetupError, type Problem } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { SecretReferences } from '../../setup/secret-references.ts'
import { refused } from '../refused.ts'
import { writtenOver } from './originals.ts'
import type { SigningSurroundings } from './surroundings.ts'

/** What the plan needs to know of the certificate that is asked for. */
export interface SigningFacts {
  readonly profile: PfxProfile
  /** Opens the file that was given, or its private key. */
  readonly password?: Secret
  /** Protects the private key that is written as PEM. */
  readonly pemPassword?: Secret
  /** SHA-1 of the certificate in the file that was given. */
  readonly thumbprint?: string
  readonly warnings: readonly Problem[]
}

export interface SigningSources {
  readonly machine: Machine
  readonly references: SecretReferences
  readonly stateFolder: string
}

/**
 * Reads what a certificate needs before it can be planned, read only, and refuses one that this service could not sign
 * with, or that another installation has already (Academy 2565: each instance should use a certificate of its own).
 * @throws SetupError with the answer's path: those of `readIssued` and `judgeForSigning`,
 *   `certificate.original-in-place`, `certificate.ecdsa`, `certificate.weak-password`, `secret.*`
 */
export async function gatherSigningFacts(
  certificate: SigningCertificateAnswers,
  about: SigningSurroundings & {
    /** Where the PFX goes. */
    readonly place: string
  },
  sources: SigningSources,
): Promise<SigningFacts> {
  const ecdsa = ecdsaSupport(about.versions)
  const profile = certificate.profile ?? profileFor(about.windowsBuild).suggested
  const pemPassword = await openPem(certificate, sources)
  const common = { profile, ...(pemPassword ? { pemPassword } : {}) }
  if (certificate.from === 'new') {
    const unsure = certificate.key.startsWith('ECDSA')
    if (unsure && !ecdsa.offered)
      throw new SetupError({
        ...refused('certificate.key', ecdsa.why, 'Choose an RSA key.'),
        code: 'certificate.ecdsa',
      })
    return { ...common, warnings: unsure && !ecdsa.certain ? [maybeTooOld(ecdsa.why)] : [] }
  }
  const password =
    certificate.password === undefined
      ? undefined
      : await sources.references.open(certificate.password, 'certificate.password')
  const { file, privateKey } = certificate
  const material = await readIssued(sources.machine, sources.stateFolder, { file, privateKey, password })
  const now = sources.machine.clock.now()
  const { others, shipped, place } = about
  const { problems, warnings } = judgeForSigning(material, { others, shipped, now, ecdsa })
  const thumbprint = material.certificate && thumbprintOf(material.certificate)
  const places = {
    file,
    privateKey,
    thumbprint,
    pfx: place,
    cer: certificate.cer === true,
    pem: !!pemPassword,
  }
  const [first, ...further] = [...problems, ...(await writtenOver(sources.machine, places))]
  if (first)
    throw new SetupError({
      ...first,
      where: { path: fieldOf(first, certificate), ...first.where },
      untouched: 'Nothing was changed.',
      details: [...(first.details ?? []), ...further.map(({ what }) => what)],
    })
  return {
    ...common,
    ...(password ? { password } : {}),
    thumbprint: thumbprint!,
    warnings,
  }
}

/** The answer that a problem is about. */
function fieldOf({ where }: Problem, { privateKey }: { readonly privateKey?: string | undefined }): string {
  const inKeyFile = privateKey !== undefined && where?.file === privateKey
  return inKeyFile ? 'certificate.privateKey' : 'certificate.file'
}

async function openPem(
  { pem }: SigningCertificateAnswers,
  { references }: SigningSources,
): Promise<Secret | undefined> {
  if (!pem) return undefined
  const password = await references.open(pem.password, 'certificate.pem.password')
  try {
    await refuseWeakPassword(password)
    return password
  } catch (error) {
    throw new SetupError({ ...problemOf(error), where: { path: 'certificate.pem.password' } })
  }
}

function maybeTooOld(why: string): Problem {
  return {
    code: 'certificate.ecdsa-uncertain',
    what: 'Whether this service can sign with an ECDSA key is not known.',
    cause: why,
    next: 'Go on: the token that is fetched at the end proves it. Or choose an RSA key.',
    where: { path: 'certificate.key' },
  }
}
