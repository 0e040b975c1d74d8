import { X509Certificate } from 'node:crypto'
import type { Machine } from '../../machine/machine.ts'
import type { MssqlSettings } from './settings.ts'

/**
 * The certificate that `Server Certificate` names, in DER: the server has to show this very one, whoever issued it.
 * Undefined where none is named, and where the file holds none: the driver then goes on as if it were not named.
 * https://learn.microsoft.com/sql/connect/ado-net/connection-string-syntax
 */
export async function pinnedCertificate(
  machine: Machine,
  { serverCertificate: file }: Pick<MssqlSettings, 'serverCertificate'>,
): Promise<Buffer | undefined> {
  if (file === undefined) return undefined
  const bytes = await machine.files.read(file).catch(() => undefined)
  if (!bytes) return undefined
  try {
    return new X509Certificate(bytes).raw
  } catch {
    return undefined
  }
}

/** The same as PEM, as TLS takes what it is to trust. */
export function pemOf(certificate: Buffer): string {
  return new X509Certificate(certificate).toString()
}
