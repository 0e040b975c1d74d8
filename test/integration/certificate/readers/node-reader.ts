import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type TLSSocket } from 'node:tls'
import type { Expected } from './found.ts'

/**
 * Node serves TLS with the file and no password, and a client that trusts nothing but this certificate (or its
 * root) gets it: in TLS 1.3 the server proves its private key by a signature over the handshake, which the client checks.
 */
export async function nodeServes(
  pfx: Uint8Array,
  { certificate, root = certificate }: Expected,
): Promise<void> {
  const server = createServer({ pfx: Buffer.from(pfx), passphrase: '', minVersion: 'TLSv1.3' })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const own = new X509Certificate(certificate)
    const peer = await peerOf((server.address() as AddressInfo).port, root)
    assert.equal(peer, own.fingerprint.replaceAll(':', ''))
  } finally {
    server.close()
  }
}

/** The thumbprint of who answers there. The name is not compared: a signing certificate names no host. */
function peerOf(port: number, trusted: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({
      port,
      host: '127.0.0.1',
      ca: trusted,
      checkServerIdentity: () => undefined,
    })
    socket.once('error', reject).once('secureConnect', () => {
      resolve(socket.getPeerX509Certificate()!.fingerprint.replaceAll(':', ''))
      socket.destroy()
    })
  })
}
