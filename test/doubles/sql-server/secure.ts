import type { Duplex } from 'node:stream'
import tls from 'node:tls'

/** The server's side of TLS; TDS 7.x goes no further than 1.2. [MS-TDS] 1.7 */
export function secured(
  stream: Duplex,
  certificate: { readonly key: string; readonly cert: string },
  strict: boolean,
): tls.TLSSocket {
  return new tls.TLSSocket(stream, {
    isServer: true,
    secureContext: tls.createSecureContext({ ...certificate, ...(strict ? {} : { maxVersion: 'TLSv1.2' }) }),
    ...(strict ? { ALPNProtocols: ['tds/8.0'] } : {}),
  })
}
