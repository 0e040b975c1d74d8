import { X509Certificate } from 'node:crypto'
import type { SimulatedCertificate } from '../../state.ts'
import type { SimulatedServer } from '../../tool.ts'
import type { Json, Script } from './script.ts'

/** `Get-ChildItem Cert:\LocalMachine\My` with what the script says of each certificate. */
export const machineCertificates: Script = (_question, server) => ({
  certificates: server.state.certificates.map((certificate) => facts(certificate, server)),
})

function facts(certificate: SimulatedCertificate, server: SimulatedServer): Json {
  const x509 = new X509Certificate(certificate.pem)
  return {
    raw: x509.raw.toString('base64'),
    friendlyName: certificate.friendlyName,
    hasPrivateKey: certificate.hasPrivateKey,
    key: keyPlace(certificate, server),
    // Node calls the key usages of the extended kind so.
    eku: x509.keyUsage ?? [],
    chain: certificate.chainPem.map((pem) => new X509Certificate(pem).raw.toString('base64')),
  }
}

/** A key that cannot be used lies in somebody's profile. Without full rights only the owner of a key may look at it. */
function keyPlace({ hasPrivateKey, keyUsable }: SimulatedCertificate, { state }: SimulatedServer): string {
  if (!hasPrivateKey) return 'none'
  if (!state.token.elevated) return 'unreadable'
  return keyUsable ? 'machine' : 'user'
}
