import type { ServerState } from '../state.ts'

/** What TLS needs to show a certificate. */
export interface KeyPair {
  readonly cert: string
  readonly key: string
}

/**
 * The certificate that HTTP.sys's table holds for a port and the name a client asked for; undefined when there is none
 * that can be used, and HTTP.sys then ends the connection.
 * Unverified on a real server: public sources differ on whether an address's record or a name's comes first; here the
 * name's does.
 *
 * @param name by Server Name Indication; undefined when the client named none
 */
export function certificateFor(
  state: ServerState,
  port: number,
  name: string | undefined,
  reveal: (text: string) => string,
): KeyPair | undefined {
  const endpoints = [
    ...(name === undefined ? [] : [`${name.toLowerCase()}:${port}`]),
    `127.0.0.1:${port}`,
    `[::1]:${port}`,
    `0.0.0.0:${port}`,
    `[::]:${port}`,
  ]
  const record = endpoints
    .map((endpoint) => state.sslBindings.find((one) => one.endpoint.toLowerCase() === endpoint))
    .find((one) => one !== undefined)
  const certificate = state.certificates.find(
    ({ thumbprint }) => thumbprint.toLowerCase() === record?.hash.toLowerCase(),
  )
  if (certificate?.protectedKey === undefined || !certificate.keyUsable) return undefined
  return {
    cert: [certificate.pem, ...certificate.chainPem].join('\n'),
    key: reveal(certificate.protectedKey),
  }
}
