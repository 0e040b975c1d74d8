import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Pool } from 'pg'
import { discoveryDocument } from './discovery.ts'
import type { Settings } from './settings.ts'
import type { SigningKey } from './signing-key.ts'
import { requestToken } from './token.ts'

/** What the service's answers come from. */
export interface Sources {
  readonly settings: Settings
  readonly key: SigningKey
  readonly pool: Pool
}

interface Answer {
  readonly status: number
  /** Missing: an empty body. */
  readonly json?: object
}

/** Answers for discovery, keys and tokens. `scheme` is the one that the request came in by. */
export function answering(scheme: 'http:' | 'https:', sources: Sources): RequestListener {
  return (request, response) =>
    void answer(scheme, request, sources).then(
      (result) => send(response, result),
      // The engine's way with anything unforeseen, a lost database first: 500 and not a word.
      () => send(response, { status: 500 }),
    )
}

async function answer(
  scheme: string,
  request: IncomingMessage,
  { settings, key, pool }: Sources,
): Promise<Answer> {
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
  // A web server in front has named itself already.
  if (!response.hasHeader('Server')) response.setHeader('Server', 'Practice Identity Service')
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
