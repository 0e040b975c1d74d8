import type { SimulatedEvent } from '../state.ts'
import { answer, type SimulatedServer, type SimulatedTool } from '../tool.ts'
import { eventXml } from './event-xml.ts'
import { parseQuery } from './event-query.ts'
import { win32Text } from './win32-errors.ts'

interface Request {
  readonly log: string
  readonly query: string
  readonly most: number
  readonly newestFirst: boolean
  readonly rendered: boolean
  readonly utf16: boolean
  readonly root: string | undefined
}

/**
 * wevtutil: `qe LOG /q:XPATH …`. Events stand one after the other without an element around them unless `/e:` names
 * one; finding none is exit code 0 and not one byte. Errors go to standard error.
 */
export const wevtutil: SimulatedTool = ({ args }, server) => {
  const request = parse(args)
  const { language } = server.state.system
  const fail = (code: number) => answer(server, code, `${win32Text(code, language)}\r\n`, 'stderr')
  if (request === undefined) return fail(87)
  const log = ['Application', 'System', 'Security'].find(
    (name) => name.toLowerCase() === request.log.toLowerCase(),
  )
  if (log === undefined) return fail(15_007)
  if (log === 'Security' && !server.state.token.elevated) return fail(5)
  const matches = parseQuery(request.query)
  if (matches === undefined) return fail(15_001)
  const now = server.real.clock.now().getTime()
  const found = server.state.events.filter(
    (event) => event.log === log && matches({ ...event, at: Date.parse(event.at) }, now),
  )
  return { code: 0, stdout: print(server, found, request), stderr: Buffer.alloc(0) }
}

function print(server: SimulatedServer, events: readonly SimulatedEvent[], request: Request): Buffer {
  const sorted = events.toSorted((one, other) => one.record - other.record)
  if (request.newestFirst) sorted.reverse()
  const body = sorted
    .slice(0, request.most)
    .map((event) => `${eventXml(server.state, event, request.rendered)}\r\n`)
    .join('')
  const text = request.root === undefined ? body : `<${request.root}>\r\n${body}</${request.root}>\r\n`
  if (text === '') return Buffer.alloc(0)
  // Unverified on a real server: the byte order mark, which here only the newest builds write.
  if (request.utf16)
    return Buffer.from(server.state.system.build < 26_000 ? text : `\uFEFF${text}`, 'utf16le')
  return Buffer.from(answer(server, 0, text).stdout)
}

function parse(args: readonly string[]): Request | undefined {
  const [verb = '', log, ...options] = args
  if (!/^(qe|query-events)$/i.test(verb) || log === undefined) return undefined
  const values = new Map<string, string>()
  for (const option of options) {
    const [, name, value] = /^\/([a-z]+):(.*)$/is.exec(option) ?? []
    if (name === undefined || !/^(q|c|rd|f|uni|e)$/i.test(name)) return undefined
    values.set(name.toLowerCase(), value!)
  }
  const format = values.get('f')?.toLowerCase() ?? 'xml'
  const most = Number(values.get('c') ?? Infinity)
  if (!['xml', 'renderedxml'].includes(format) || Number.isNaN(most) || most < 1) return undefined
  return {
    log,
    query: values.get('q') ?? '*',
    most,
    newestFirst: values.get('rd')?.toLowerCase() === 'true',
    rendered: format === 'renderedxml',
    utf16: values.get('uni')?.toLowerCase() === 'true',
    root: values.get('e'),
  }
}
