import { X509Certificate } from 'node:crypto'
import { publicKeyHashOf } from '../../certificate/material.ts'
import { readPfx } from '../../certificate/read.ts'
import type { Machine } from '../../machine/machine.ts'

/** A certificate on this machine that a new one must not be the same as. */
export interface KnownCertificate {
  /** Whose it is: the installation's name, or the path of a sample. */
  readonly name: string
  /** The file; of an archive, the path in it. */
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

/** A file with a certificate, and whose it is. */
export interface CertificateFile {
  readonly name: string
  readonly path: string
  /** Undefined where there is no such file. */
  readonly read: () => Promise<Uint8Array | undefined>
}

/** A file of this machine. */
export function fileOf(machine: Machine, name: string, path: string): CertificateFile {
  return { name, path, read: () => machine.files.read(path) }
}

/** Opens PFX files without a password. Never rejects; files that are not there are left out. */
export async function readCertificates(files: readonly CertificateFile[]): Promise<KnownCertificates> {
  const read = await Promise.all(files.map(readOne))
  return {
    certificates: read.filter((one) => one !== undefined && typeof one !== 'string'),
    unread: [...new Set(read.filter((one) => typeof one === 'string'))],
  }
}

/** The path alone where the file is there and cannot be read. */
async function readOne({
  name,
  path,
  read,
}: CertificateFile): Promise<KnownCertificate | string | undefined> {
  try {
    const bytes = await read()
    if (!bytes) return undefined
    const { facts } = await readPfx(bytes)
    if (!facts) return path
    const publicKeyHash = publicKeyHashOf(new X509Certificate(facts.certificatePem))
    return { name, path, thumbprint: facts.thumbprint, publicKeyHash }
  } catch {
    return path
  }
}
