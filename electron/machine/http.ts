import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { SetupError } from '../contract/problem.ts'
import { cancelled, invalidAddress, networkError, timedOut, tooLong } from './http-problem.ts'
import type { HttpAnswer, HttpRequest } from './machine.ts'

const DEFAULT_TIMEOUT_MS = 10_000
const DEFAULT_MAX_BYTES = 2 * 1024 * 1024

/** See `Network.http`. Also rejects with `http.address` for an address that is not one and `http.cancelled`. */
export async function http(address: string, request: HttpRequest = {}): Promise<HttpAnswer> {
  const url = parsed(address)
  const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const options = await optionsFor(url, request)
  const { request: send } = await import(url.protocol === 'https:' ? 'node:https' : 'node:http')
  // Asked only now: a signal that has fired already is never heard again.
  if (request.signal?.aborted) throw cancelled(url)

  return new Promise((resolve, reject) => {
    let sent: ClientRequest
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      request.signal?.removeEventListener('abort', onAbort)
      sent?.destroy()
      finish()
    }
    const fail = (error: SetupError) => settle(() => reject(error))
    const onAbort = () => fail(cancelled(url))
    const timer = setTimeout(() => fail(timedOut(url, timeoutMs)), timeoutMs)
    request.signal?.addEventListener('abort', onAbort, { once: true })
    try {
      sent = send(url, options, (answer: IncomingMessage) => {
        readBody(answer, url, request.maxBytes ?? DEFAULT_MAX_BYTES).then(
          (body) =>
            settle(() => resolve({ status: answer.statusCode ?? 0, headers: flat(answer.headers), body })),
          (error: unknown) => fail(networkError(error, url)),
        )
      }) as ClientRequest
    } catch (error) {
      return fail(networkError(error, url))
    }
    sent.on('error', (error) => fail(networkError(error, url)))
    sent.end(request.body)
  })
}

function parsed(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw invalidAddress(address)
  return url
}

interface HttpsOptions extends RequestOptions {
  readonly ca?: string[]
  /** So that a certificate that is trusted by itself needs no issuer that is. */
  readonly allowPartialTrustChain?: boolean
}

async function optionsFor(url: URL, request: HttpRequest): Promise<HttpsOptions> {
  return {
    method: request.method ?? 'GET',
    // One exchange, one connection: a kept connection would hide that a service restarted.
    agent: false,
    headers: {
      'accept-encoding': 'identity',
      ...(request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
      ...request.headers,
    },
    // First, because OpenSSL takes the first certificate of a name: an own “CN=localhost” before that of a developer.
    ...(url.protocol === 'https:'
      ? { ca: [...(request.trust ?? []), ...(await knownAuthorities())], allowPartialTrustChain: true }
      : {}),
  }
}

let authorities: Promise<string[]> | undefined

/** Node's own list, the one of the operating system where this Node can read it, and NODE_EXTRA_CA_CERTS. */
function knownAuthorities(): Promise<string[]> {
  authorities ??= import('node:tls').then((tls) => [
    ...tls.rootCertificates,
    // Not in the Node of older Electron versions.
    ...('getCACertificates' in tls
      ? [...tls.getCACertificates('system'), ...tls.getCACertificates('extra')]
      : []),
  ])
  return authorities
}

async function readBody(answer: IncomingMessage, url: URL, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) throw tooLong(url, maxBytes)
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

function flat(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}
