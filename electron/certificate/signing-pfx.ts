import type { PfxProfile, SignatureHash, SigningKey } from '../contract/certificate.ts'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import { readIssued } from './issued.ts'
import { writePfx } from './pkcs12/write.ts'
import { thumbprintOf } from './self-signed.ts'
import { createSigningCertificate, SIGNING_KEY_NAME } from './signing.ts'

/** Where the certificate that signs comes from. */
export type SigningSource =
  | {
      readonly from: 'new'
      readonly key: SigningKey
      readonly hash?: SignatureHash | undefined
      readonly subject: string
      readonly days: number
    }
  | {
      readonly from: 'file'
      readonly file: string
      readonly privateKey?: string | undefined
      readonly password?: Secret | undefined
      /** SHA-1 of the certificate that was reviewed, upper-case hexadecimal. */
      readonly thumbprint: string
    }

interface PfxMaking {
  readonly machine: Machine
  readonly stateFolder: string
  readonly profile: PfxProfile
  readonly signal?: AbortSignal
}

/** A PFX without a password, as the service opens it. Holds the private key. */
interface SigningPfx {
  readonly pfx: Uint8Array
  readonly thumbprint: string
  readonly notAfter: Date
}

/**
 * The PFX for the service, made anew or from what an authority has issued, with its chain.
 * @throws SetupError those of `createSigningCertificate` and `readIssued`; `certificate.changed` when the file holds
 *   another certificate than was reviewed
 */
export async function signingPfx(
  source: SigningSource,
  { machine, stateFolder, profile, signal }: PfxMaking,
): Promise<SigningPfx> {
  const { clock, random } = machine
  if (source.from === 'new')
    return createSigningCertificate({
      key: source.key,
      ...(source.hash === undefined ? {} : { hash: source.hash }),
      subject: source.subject,
      days: source.days,
      profile,
      now: clock.now(),
      random,
      ...(signal ? { signal } : {}),
    })
  const { certificate, chain, privateKey, problems } = await readIssued(machine, stateFolder, source)
  if (!certificate || !privateKey || problems.length > 0 || thumbprintOf(certificate) !== source.thumbprint)
    throw new SetupError({
      code: 'certificate.changed',
      what: 'The certificate file is not what it was when the plan was made.',
      where: { file: source.file },
      ...(problems[0] ? { cause: problems[0].what } : {}),
      next: 'Look at the certificate again, then start anew.',
      untouched: 'The certificate of the service was left as it is.',
    })
  const pfx = await writePfx({
    certificates: [certificate, ...chain].map(({ raw }) => raw),
    privateKey,
    friendlyName: SIGNING_KEY_NAME,
    profile,
    random,
  })
  return { pfx, thumbprint: thumbprintOf(certificate), notAfter: new Date(certificate.validTo) }
}
