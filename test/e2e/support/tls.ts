import { once } from 'node:events'
import { get } from 'node:http'
import { connect } from 'node:tls'

/** What a server presents for a name. */
export interface Presented {
  /** SHA-1 in upper-case hex, as Windows writes it. */
  readonly thumbprint: string
  /** Whether somebody who trusts `ca` accepts it for the name. */
  readonly accepted: boolean
}

/** Shakes hands with a server of this machine, as a client that trusts one certificate only. */
export async function presentedBy(port: number, name: string, ca: string): Promise<Presented> {
  const socket = connect({ port, host: '127.0.0.1', servername: name, ca, rejectUnauthorized: false })
  try {
    await once(socket, 'secureConnect')
    const { fingerprint } = socket.getPeerCertificate()
    return { thumbprint: fingerprint.replaceAll(':', ''), accepted: socket.authorized }
  } finally {
    socket.destroy()
  }
}

/** Asks over plain http and follows nothing. */
export function askPlainly(
  port: number,
  host: string,
  path: string,
): Promise<{ readonly status: number | undefined; readonly location: string | undefined }> {
  return new Promise((answered, failed) => {
    const request = get({ port, host: '127.0.0.1', path, headers: { Host: host } }, (response) => {
      response.resume()
      answered({ status: response.statusCode, location: response.headers.location })
    })
    request.on('error', failed)
  })
}
