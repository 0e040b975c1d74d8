import type { Secret } from '../secrets/secret.ts'
import { chainPem, encryptedKeyPem } from './pem.ts'

/** A certificate with its key, and which files are wanted of it. */
export interface CertificateFilesInput {
  /** Where the PFX goes; the others lie beside it under the same name. */
  readonly pfxPath: string
  readonly pfx: Uint8Array
  /** DER: its own certificate first, then those of the authorities. */
  readonly certificates: readonly [own: Uint8Array, ...chain: Uint8Array[]]
  /** PKCS#8, DER. A secret. */
  readonly privateKey: Uint8Array
  /** The certificate alone, `.cer` (DER). */
  readonly cer?: boolean | undefined
  /** The certificate with its chain, `.crt`, and the key under this password, `.key` (both PEM). */
  readonly pem?: { readonly password: Secret } | undefined
}

export interface CertificateFile {
  readonly path: string
  readonly bytes: Uint8Array
  /** `private` where a private key is in it, be it encrypted. */
  readonly access: 'private' | 'inherit'
}

/**
 * The files of a signing certificate under the names that the vendor's script gives them: `openssl.pfx`, and where
 * they are wanted `openssl.cer`, `openssl.crt` and `openssl.key`. Writes none of them; the PFX comes first.
 * @throws what `encryptedKeyPem` throws
 */
export async function certificateFiles(input: CertificateFilesInput): Promise<readonly CertificateFile[]> {
  const { pfxPath, pfx, certificates, privateKey, cer, pem } = input
  const names = besidePfx(pfxPath)
  const files: CertificateFile[] = [{ path: pfxPath, bytes: pfx, access: 'private' }]
  if (cer === true) files.push({ path: names.cer, bytes: certificates[0], access: 'inherit' })
  if (pem) {
    const key = await encryptedKeyPem(privateKey, pem.password)
    files.push({ path: names.crt, bytes: Buffer.from(chainPem(certificates)), access: 'inherit' })
    files.push({ path: names.key, bytes: Buffer.from(key), access: 'private' })
  }
  return files
}

/** The paths of what can lie beside a PFX. */
export function besidePfx(pfxPath: string): {
  readonly cer: string
  readonly crt: string
  readonly key: string
} {
  const stem = pfxPath.replace(/\.(pfx|p12)$/i, '')
  return { cer: `${stem}.cer`, crt: `${stem}.crt`, key: `${stem}.key` }
}
