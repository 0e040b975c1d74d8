import type { SigningSource } from '../certificate/signing-pfx.ts'
import type { PfxProfile } from '../contract/certificate.ts'
import type { Secret } from '../secrets/secret.ts'

/** The PFX that signs the tokens: what it is made of, and where it goes. */
export interface CertificateInput {
  /** Where the PFX goes. */
  readonly path: string
  readonly source: SigningSource
  readonly profile: PfxProfile
  /** `inherit` where a container's user has to read the file; its folder is private then. */
  readonly access: 'private' | 'inherit'
  /**
   * What becomes of a certificate that is there and can sign. `usable`: it is kept, because a new one, made silently,
   * would end every session and token of the running service. `replaced`: another one takes its place, and what somebody
   * has put there meanwhile is left to them. `overwritten`: whatever lies there gives way.
   */
  readonly present: 'usable' | 'replaced' | 'overwritten'
  /** SHA-1 of the one to be replaced: once a new one is there, it has been. */
  readonly replaces?: string
  /** When the one to be replaced began, where that lies elsewhere: what is older is not the new one. */
  readonly newerThan?: Date
  /** SHA-256, in lower-case hex, of what interrupted replacements wrote there: this program's own, and free to go. */
  readonly attempts?: readonly string[]
  /** The settings that are to name the file; while they do, taking back leaves it to the service. */
  readonly namedIn?: string
  /** Where private keys of pending certificate requests wait. */
  readonly stateFolder: string
}

/** What is wanted beside the PFX. */
export interface ExportInput {
  /** The PFX that an earlier step has written. */
  readonly pfx: string
  /** The certificate alone, DER. */
  readonly cer: boolean
  /** Certificate and private key as PEM, the key under this password. */
  readonly pemPassword?: Secret
}
