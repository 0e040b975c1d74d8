import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface Loopback extends AsyncDisposable {
  readonly url: string
}

/** A real server on a free loopback port for the length of a test. */
export async function loopback(
  listener: RequestListener,
  tls?: { readonly pfx: Uint8Array },
): Promise<Loopback> {
  const server = tls
    ? createTlsServer({ pfx: Buffer.from(tls.pfx), passphrase: '' }, listener)
    : createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Answers everything with one status, body and set of headers. */
export function always(status: number, body = '', headers: Record<string, string> = {}): RequestListener {
  return (_, answer) => answer.writeHead(status, headers).end(body)
}

/** The problem code a promise is rejected with. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: { problem: { code: string } }) => error.problem.code,
  )
}
