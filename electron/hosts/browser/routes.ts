import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CallIdHeader } from '../../contract/call-id.ts'
import type { Problem } from '../../contract/problem.ts'
import type { BackEnd } from '../back-end/types.ts'
import { createDispatch, type Dispatch } from '../dispatch.ts'
import { page, type PageAnswer, type Pages } from '../pages.ts'
import { readJson } from './body.ts'
import type { EventStreams } from './events.ts'
import { refuseCall, refuseForeignSite, refuseHost, refuseStranger, type Refusal } from './guard.ts'
import { notice } from './notice.ts'
import { createReplies, type Replies } from './replies.ts'
import type { Session } from './session.ts'

const CALL_ID: CallIdHeader = 'x-call-id'

export interface RoutesOptions {
  readonly backEnd: BackEnd
  readonly pages: Pages
  readonly session: Session
  readonly events: EventStreams
  readonly port: number
}

/** Who may ask for what: the token once, then pages, calls (`POST /api/<call>`) and events (`GET /api/events`). */
export function createRoutes(options: RoutesOptions) {
  const dispatch = createDispatch(options.backEnd)
  const replies = createReplies()
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = target(request)
    const api = pathname.startsWith('/api/')
    const refused = refuseHost(request, options.port)
    if (refused) return refuse(response, refused, api)
    if (request.method === 'GET' && pathname === '/' && searchParams.has('token'))
      return redeem(request, response, options.session, searchParams.get('token') ?? '')
    const stranger = refuseStranger(request, options.session) ?? refuseForeignSite(request)
    if (stranger) return refuse(response, stranger, api)
    if (request.method === 'POST' && api) {
      const name = pathname.slice(5)
      return call(request, response, replies, (input) => dispatch(name, input))
    }
    if (request.method !== 'GET') return send(response, wrongMethod())
    if (pathname === '/api/events') return listen(response, options.events)
    send(response, await options.pages(pathname))
  }
}

/** Only path and query count; a host written into the request line is not looked at. */
function target(request: IncomingMessage): URL {
  const url = request.url ?? '/'
  return new URL(URL.canParse(url, 'http://localhost') ? url : '/-', 'http://localhost')
}

function redeem(request: IncomingMessage, response: ServerResponse, session: Session, token: string): void {
  // A browser that guesses what its user wants next must not use the token up.
  if (request.headers['sec-purpose']?.includes('prefetch')) return send(response, page(503, 'text/plain', ''))
  const cookie = session.redeem(token)
  if (cookie === undefined) return send(response, usedUp())
  send(response, page(303, 'text/plain', ''), { location: '/', 'set-cookie': cookie })
}

async function call(
  request: IncomingMessage,
  response: ServerResponse,
  replies: Replies,
  answer: (input: unknown) => ReturnType<Dispatch>,
): Promise<void> {
  const refused = refuseCall(request)
  if (refused) return refuse(response, refused, true)
  const body = await readJson(request)
  if ('json' in body) {
    const id = request.headers[CALL_ID]
    const reply = await replies.to(typeof id === 'string' ? id : undefined, () => answer(body.json))
    return send(response, json(200, reply))
  }
  const tooLong = body.failure === 'too-long'
  send(response, json(tooLong ? 413 : 400, { ok: false, problem: badBody(tooLong) }))
}

function listen(response: ServerResponse, events: EventStreams): void {
  if (events.full())
    return send(response, page(503, 'text/plain; charset=utf-8', 'Too many pages are open.\n'))
  const { headers } = page(200, 'text/event-stream; charset=utf-8', '')
  response.writeHead(200, headers)
  events.add(response)
}

function refuse(response: ServerResponse, refusal: Refusal, api: boolean): void {
  const { status, ...problem } = refusal
  send(response, api ? json(status, { ok: false, problem }) : notice(status, problem.what, problem.next))
}

function json(status: number, data: unknown): PageAnswer {
  return page(status, 'application/json; charset=utf-8', JSON.stringify(data))
}

function send(
  response: ServerResponse,
  answer: PageAnswer,
  more: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(answer.status, { ...answer.headers, ...more })
  response.end(answer.body)
}

function usedUp(): PageAnswer {
  return notice(
    403,
    'This address was used already, or it is not complete.',
    'It connects one browser, once. To get a new address, stop the program and start it again.',
  )
}

function wrongMethod(): PageAnswer {
  return page(405, 'text/plain; charset=utf-8', 'Only GET here.\n')
}

function badBody(tooLong: boolean): Problem {
  return {
    code: tooLong ? 'serve.body-length' : 'serve.body',
    what: tooLong ? 'The request is longer than 1 MiB.' : 'The request is not valid JSON.',
    next: 'Shorten what was typed, or load the page again.',
    untouched: 'Nothing was changed.',
  }
}
