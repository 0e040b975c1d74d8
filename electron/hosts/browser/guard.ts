import type { IncomingMessage } from 'node:http'
import type { Session } from './session.ts'

/** Why a request is turned away; crosses to the page as a problem or as a small page. */
export interface Refusal {
  readonly status: 403 | 415
  readonly code: string
  readonly what: string
  readonly next: string
}

/**
 * A web page of another site can make its visitor's browser send requests to this machine. Every request therefore
 * has to name this host itself (a foreign name that resolves here is DNS rebinding).
 */
export function refuseHost(request: IncomingMessage, port: number): Refusal | undefined {
  const { host } = request.headers
  return host === `127.0.0.1:${port}` || host === `localhost:${port}` ? undefined : foreignHost
}

/** Everything but the address with the token needs the cookie that the token was turned into. */
export function refuseStranger(request: IncomingMessage, session: Session): Refusal | undefined {
  return session.holds(request.headers.cookie) ? undefined : stranger
}

/** Scripts, styles and events are for the own pages only; browsers that say where a request comes from are heard. */
export function refuseForeignSite(request: IncomingMessage): Refusal | undefined {
  const site = request.headers['sec-fetch-site']
  const opened =
    request.headers['sec-fetch-mode'] === 'navigate' && request.headers['sec-fetch-dest'] === 'document'
  return site === undefined || site === 'same-origin' || opened ? undefined : foreignSite
}

/**
 * A call changes things, so it has to come from the own page: Origin must be there and be the host that was asked
 * (another port of the same machine counts as "same site" and gets the cookie). JSON as content type cannot
 * be sent across origins without a preflight, which this host never grants.
 */
export function refuseCall(request: IncomingMessage): Refusal | undefined {
  if (request.headers.origin !== `http://${request.headers.host}`) return foreignSite
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return foreignSite
  return /^application\/json(\s*;|$)/i.test(request.headers['content-type'] ?? '') ? undefined : notJson
}

const foreignHost: Refusal = {
  status: 403,
  code: 'serve.host',
  what: 'This address does not belong to Identity Service Setup.',
  next: 'Open the address that the program printed when it started.',
}

const foreignSite: Refusal = {
  status: 403,
  code: 'serve.origin',
  what: 'The request did not come from a page of Identity Service Setup.',
  next: 'Open the address that the program printed when it started.',
}

const stranger: Refusal = {
  status: 403,
  code: 'serve.session',
  what: 'This browser is not connected to Identity Service Setup.',
  next: 'Open the address that the program printed when it started. It works once; to get a new one, stop the program and start it again.',
}

const notJson: Refusal = {
  status: 415,
  code: 'serve.content-type',
  what: 'The request is not JSON.',
  next: 'Send the content type application/json.',
}
