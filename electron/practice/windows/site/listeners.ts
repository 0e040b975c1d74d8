import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { createSecureContext } from 'node:tls'
import type { SiteBinding } from './scene.ts'
import type { KeyPair } from './tls.ts'

type Scheme = 'http:' | 'https:'

interface Endpoint {
  readonly protocol: SiteBinding['protocol']
  readonly address: string
  readonly port: number
}

/** What the ports are opened for. */
export interface Behind {
  answer(scheme: Scheme): RequestListener
  /** The certificate of this moment, for a name asked for or for none. */
  certificate(port: number, name: string | undefined): Promise<KeyPair | undefined>
}

/**
 * The simulated HTTP.sys of one site: it listens on the ports of the bindings, on this machine's own addresses only,
 * whatever address a binding names: a practice run is nobody else's business. A port that another program holds is
 * tried again with each call.
 */
export class Listeners {
  readonly #open = new Map<string, Server | TlsServer>()
  readonly #behind: Behind

  constructor(behind: Behind) {
    this.#behind = behind
  }

  /** Opens and closes ports so that they are those of the bindings, and takes the certificates of this moment. */
  async follow(bindings: readonly SiteBinding[]): Promise<void> {
    const wanted = new Map(bindings.flatMap(endpointsOf).map((one) => [keyOf(one), one]))
    for (const [key, server] of this.#open) if (!wanted.has(key)) await this.#close(key, server)
    for (const [key, endpoint] of wanted) {
      const open = this.#open.get(key)
      if (open === undefined) await this.#openPort(key, endpoint)
      else if ('setSecureContext' in open)
        open.setSecureContext((await this.#behind.certificate(endpoint.port, undefined)) ?? {})
    }
  }

  async close(): Promise<void> {
    for (const [key, server] of this.#open) await this.#close(key, server)
  }

  async #openPort(key: string, { protocol, address, port }: Endpoint): Promise<void> {
    const server =
      protocol === 'https' ? await this.#secure(port) : createServer(this.#behind.answer('http:'))
    const listens = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen({ port, host: address, exclusive: true }, () => resolve(true))
    })
    if (listens) this.#open.set(key, server)
  }

  async #secure(port: number): Promise<TlsServer> {
    const server = createTlsServer(
      {
        ...(await this.#behind.certificate(port, undefined)),
        SNICallback: (name, done) =>
          void this.#behind.certificate(port, name).then(
            (found) =>
              found === undefined
                ? done(new Error('No certificate for this name'))
                : done(null, createSecureContext(found)),
            (error: Error) => done(error),
          ),
      },
      this.#behind.answer('https:'),
    )
    // HTTP.sys ends a connection without a certificate, and says nothing.
    server.on('tlsClientError', (_, socket) => socket.destroy())
    return server
  }

  async #close(key: string, server: Server | TlsServer): Promise<void> {
    this.#open.delete(key)
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
}

function endpointsOf({ protocol, address, port }: SiteBinding): readonly Endpoint[] {
  const addresses = address === '*' || address === '0.0.0.0' ? ['127.0.0.1', '::1'] : [bare(address)]
  return addresses
    .filter((one) => one === '::1' || one.startsWith('127.'))
    .map((one) => ({ protocol, port, address: one }))
}

function bare(address: string): string {
  return address.replace(/^\[|\]$/g, '')
}

function keyOf({ protocol, address, port }: Endpoint): string {
  return `${protocol}|${address}|${port}`
}
