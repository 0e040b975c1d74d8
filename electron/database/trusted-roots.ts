import tls from 'node:tls'
import type { Machine } from '../machine/machine.ts'

/** Where Linux distributions keep the certificates that .NET trusts there. */
const LINUX_BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt']

export interface TrustedRoots {
  /** PEM texts. */
  readonly certificates: readonly string[]
  /** False when this machine's own store cannot be read from here: then "not trusted" is a guess. */
  readonly complete: boolean
}

/**
 * The certificates that a .NET program on this machine trusts, as far as this program can tell: the system's
 * store where the runtime can read it (Node 22.15 and later), otherwise Linux's bundle file.
 */
export async function trustedRoots(machine: Machine): Promise<TrustedRoots> {
  const system = tls.getCACertificates?.('system') ?? []
  if (system.length > 0) return { certificates: system, complete: true }
  if (machine.platform === 'linux')
    for (const path of LINUX_BUNDLES) {
      const bytes = await machine.files.read(path)
      if (bytes) return { certificates: [Buffer.from(bytes).toString('utf8')], complete: true }
    }
  return { certificates: tls.rootCertificates, complete: false }
}
