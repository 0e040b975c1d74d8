import { type Problem, SetupError } from '../contract/problem.ts'
import type { HttpAnswer, HttpRequest, Network } from '../machine/machine.ts'

/** How to ask; see `HttpRequest`. */
export interface ExchangeOptions {
  /** PEM certificates to trust beside the system's, such as a self-signed HTTPS certificate. */
  readonly trust?: readonly string[]
  /** Default 10 000 ms. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** What is asked for: `code` begins the codes of its problems, `name` stands in their words. */
export interface Subject {
  readonly code: 'discovery' | 'keys' | 'token'
  readonly name: string
}

/** Words for what a network can do to a request; other errors pass as they are. */
const remedies: Readonly<Record<string, { readonly kind: string; readonly next: string }>> = {
  'http.name': {
    kind: 'unknown-name',
    next: 'Check the host in the Identity Service URL, or add it to DNS or the hosts file.',
  },
  'http.refused': {
    kind: 'refused',
    next: 'Look whether the service runs (its log says why not) and listens on this port.',
  },
  'http.timeout': {
    kind: 'silent',
    next: 'Look at the log of the service: it may still be starting, or wait for its database. Then try again.',
  },
  'http.tls': {
    kind: 'tls',
    next: 'Trust the certificate of the service on this machine and on the Creatio host, or use one from an authority that both trust.',
  },
  'http.reset': {
    kind: 'broken-off',
    next: 'Check http or https in the Identity Service URL, and look at the log of the service.',
  },
  'http.too-long': {
    kind: 'too-long',
    next: 'Check the Identity Service URL: something else answers there.',
  },
}

/** One exchange whose network failures speak of the service instead of sockets. */
export async function exchange(
  network: Network,
  subject: Subject,
  url: string,
  request: HttpRequest,
): Promise<HttpAnswer> {
  try {
    return await network.http(url, request)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    const remedy = remedies[error.problem.code]
    if (remedy === undefined) throw error
    throw new SetupError(
      { ...error.problem, code: `${subject.code}.${remedy.kind}`, next: remedy.next },
      { cause: error },
    )
  }
}

/**
 * The JSON object in an answer of status 200.
 *
 * @throws SetupError `<code>.not-found`, `.redirect`, `.html`, `.broken-json`, `.not-an-object`, `.service-failed`, `.status`
 */
export function jsonObject(
  subject: Subject,
  url: string,
  answer: HttpAnswer,
): Readonly<Record<string, unknown>> {
  if (answer.status !== 200) throw new SetupError(statusProblem(subject, url, answer))
  const fail = (kind: string, what: string, next: string, details?: string[]) =>
    new SetupError({ code: `${subject.code}.${kind}`, what, next, ...(details && { details }) })
  if (/^\s*</.test(answer.body))
    throw fail(
      'html',
      `${url} answers with a web page instead of ${subject.name}.`,
      'Check the Identity Service URL: another site answers there, or a login page stands in front of it.',
    )
  let value: unknown
  try {
    value = JSON.parse(answer.body)
  } catch (error) {
    throw fail(
      'broken-json',
      `What ${url} answers is not whole JSON.`,
      'Look whether a proxy in between cuts or changes the answer, then try again.',
      [String(error instanceof Error ? error.message : error)].filter(() => subject.code !== 'token'),
    )
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw fail(
      'not-an-object',
      `${url} answers with JSON that is not ${subject.name}.`,
      'Check the Identity Service URL: another service answers there.',
    )
  return value as Readonly<Record<string, unknown>>
}

function statusProblem({ code, name }: Subject, url: string, answer: HttpAnswer): Problem {
  const { status } = answer
  if (status === 404)
    return {
      code: `${code}.not-found`,
      what: `${url} does not exist there (404).`,
      cause:
        'Something answers at that host and port, and it has no such address: another site, or another path.',
      next: 'Check port and path in the Identity Service URL.',
    }
  if (status >= 300 && status < 400) {
    const target = redirectTarget(url, answer.headers['location'])
    return {
      code: `${code}.redirect`,
      what: `${url} redirects to ${target ?? 'an unnamed place'} (${status}).`,
      cause: 'Creatio posts to these addresses, and a redirect loses what is posted.',
      next:
        target?.startsWith('https:') && url.startsWith('http:')
          ? 'Use the https address as Identity Service URL.'
          : 'Use the address it leads to, if that is the service, or remove the redirect.',
    }
  }
  if (status >= 500)
    return {
      code: `${code}.service-failed`,
      what: `The service fails when asked for ${name} (${status}).`,
      cause:
        status === 503
          ? 'It does not run, or what stands in front of it cannot reach it.'
          : 'Mostly it has lost its database.',
      next: 'Look at the log of the service; it names the cause.',
    }
  return {
    code: `${code}.status`,
    what: `${url} answers with status ${status} instead of ${name}.`,
    ...(status === 401 || status === 403
      ? { cause: 'Something in front of the service asks for a login.' }
      : {}),
    next: 'Check the Identity Service URL and what stands in front of the service.',
  }
}

function redirectTarget(url: string, location: string | undefined): string | undefined {
  if (location === undefined || !URL.canParse(location, url)) return undefined
  const target = new URL(location, url)
  if (!/^https?:$/.test(target.protocol)) return undefined
  // A query may carry something that is not to be shown.
  return `${target.origin}${target.pathname}`
}
