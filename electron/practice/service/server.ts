import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Pool } from 'pg'
import { discoveryDocument } from './discovery.ts'
import { CRYPTOGRAPHIC, StartFailure, WRONG_PASSWORD } from './failure.ts'
import type { Settings } from './settings.ts'
import type { SigningKey } from './signing-key.ts'
import { requestToken } from './token.ts'

interface Service {
  readonly settings: Settings
  readonly key: SigningKey
  readonly pool: Pool
}

interface Answer {
  readonly status: number
  /** Missing: an empty body. */
  readonly json?: object
}

/**
 * Serves discovery, keys and tokens at an address such as `http://127.0.0.1:8090`. With `https` the certificate is
 * the one of Kestrel:Certificates:Default. Resolves once it listens; throws a StartFailure when it cannot.
 */
export async function serve(url: URL, service: Service): Promise<Server> {
  const handle: RequestListener = (request, response) =>
    void answer(url.protocol, request, service).then(
      (result) => send(response, result),
      // The engine's way with anything unforeseen, a lost database first: 500 and not a word.
      () => send(response, { status: 500 }),
    )
  const server = url.protocol === 'https:' ? await tlsServer(service.settings, handle) : createServer(handle)
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(notBound(url, error)))
    server.listen(port, url.hostname.replace(/^\[|\]$/g, ''), resolve)
  })
  return server
}

/** A wrong password or a broken file shows when the server is made, long before the first handshake. */
async function tlsServer(settings: Settings, handle: RequestListener): Promise<Server> {
  const path = settings.get('Kestrel:Certificates:Default:Path')
  if (path === undefined)
    throw new StartFailure(
      'System.InvalidOperationException',
      'Unable to configure HTTPS endpoint. No server certificate was specified, and the default developer certificate could not be found or is out of date.',
    )
  const pfx = await readFile(path).catch(() => {
    throw new StartFailure(
      'Interop+Crypto+OpenSslCryptographicException',
      'error:10000080:BIO routines::no such file',
    )
  })
  try {
    return createTlsServer(
      { pfx, passphrase: settings.get('Kestrel:Certificates:Default:Password') ?? '' },
      handle,
    )
  } catch {
    throw new StartFailure(CRYPTOGRAPHIC, WRONG_PASSWORD)
  }
}

async function answer(scheme: string, request: IncomingMessage, service: Service): Promise<Answer> {
  const { settings, key, pool } = service
  const origin = originOf(scheme, request, settings)
  const issuer = settings.get('IssuerUri') || origin
  switch (new URL(request.url ?? '/', origin).pathname.toLowerCase()) {
    case '/.well-known/openid-configuration':
      if (request.method !== 'GET') return { status: 405 }
      return { status: 200, json: await discoveryDocument(pool, origin, issuer, key.algorithm) }
    case '/.well-known/openid-configuration/jwks':
      return request.method === 'GET' ? { status: 200, json: { keys: [key.jwk] } } : { status: 405 }
    case '/connect/token': {
      if (request.method !== 'POST' || !isForm(request))
        return { status: 400, json: { error: 'invalid_request' } }
      const form = new URLSearchParams(await text(request))
      const result = await requestToken(pool, key, issuer, form, request.headers.authorization)
      return { status: 'error' in result ? 400 : 200, json: result }
    }
    default:
      return { status: 404 }
  }
}

/** Endpoints follow the request; newer builds can be told to say https whatever comes in. */
function originOf(scheme: string, request: IncomingMessage, settings: Settings): string {
  const forced = settings.get('ForceHttpsSchemeInRequests')?.toLowerCase() === 'true'
  return `${forced ? 'https:' : scheme}//${(request.headers.host ?? 'localhost').toLowerCase()}`
}

function isForm(request: IncomingMessage): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers['content-type'] ?? '')
}

function send(response: ServerResponse, { status, json }: Answer): void {
  response.statusCode = status
  response.setHeader('Server', 'Practice Identity Service')
  // By this the wizard knows the process it started before it ends one: ids of processes are used again.
  response.setHeader('X-Practice-Process', String(process.pid))
  if (json === undefined) {
    response.end()
    return
  }
  response.setHeader('Content-Type', 'application/json; charset=UTF-8')
  response.setHeader('Cache-Control', 'no-store, no-cache, max-age=0')
  // .NET's writer escapes the plus sign, of which Base64 certificates are full.
  response.end(JSON.stringify(json).replaceAll('+', '\\u002B'))
}

function notBound(url: URL, error: NodeJS.ErrnoException): StartFailure {
  const words: Readonly<Record<string, string>> = {
    EADDRINUSE: 'address already in use',
    EACCES: 'permission denied',
    EADDRNOTAVAIL: 'cannot assign requested address',
  }
  const why = words[error.code ?? ''] ?? error.message
  const sentence = why[0]!.toUpperCase() + why.slice(1)
  return new StartFailure('System.IO.IOException', `Failed to bind to address ${url.origin}: ${why}.`, {
    type: 'Microsoft.AspNetCore.Connections.AddressInUseException',
    message: sentence,
    inner: { type: 'System.Net.Sockets.SocketException', message: sentence },
  })
}
