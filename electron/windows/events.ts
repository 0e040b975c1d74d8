import { DOMParser, type Element, onErrorStopParsing } from '@xmldom/xmldom'
import type { Machine } from '../machine/machine.ts'
import { notUnderstood, runTool, toolFailed } from './tool.ts'

export interface EventRecord {
  readonly provider: string
  readonly id: number
  /** 1 critical, 2 error, 3 warning, 4 information; 0 always logged. */
  readonly level: number
  readonly at: Date
  /** The event's own values, in the language in which its source wrote them. */
  readonly data: readonly string[]
  /** The whole message where Windows can put it together, in Windows' language; else the values, line by line. */
  readonly text: string
}

export interface EventQuery {
  readonly log: 'Application' | 'System'
  readonly providers: readonly string[]
  /** How far back, milliseconds. */
  readonly sinceMs: number
  readonly most: number
}

/**
 * The newest records of an event log from the given sources, newest first.
 * Rejects with `windows.events-unreadable`, and `windows.unreadable-answer` when not one record can be read.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/wevtutil
 */
export async function readEvents(machine: Machine, query: EventQuery): Promise<readonly EventRecord[]> {
  const args = argumentsFor(query)
  const result = await runTool(machine, 'wevtutil', args, { utf16: true })
  if (result.exitCode !== 0)
    throw toolFailed('wevtutil', args, result, {
      code: 'windows.events-unreadable',
      what: `The event log “${query.log}” was not read.`,
      next: 'Open the Event Viewer and look at this log by hand.',
    })
  // There is no element around them, and nothing at all when nothing was found.
  const records = (result.stdout.match(EVENT) ?? []).flatMap((xml) => readRecord(xml) ?? [])
  if (records.length === 0 && result.stdout.trim() !== '') throw notUnderstood('wevtutil', args, result)
  return records
}

const EVENT = /<Event[\s>][\s\S]*?<\/Event>/g

function argumentsFor({ log, providers, sinceMs, most }: EventQuery): readonly string[] {
  const names = providers.map((name) => `@Name='${name}'`).join(' or ')
  const condition = `Provider[${names}] and TimeCreated[timediff(@SystemTime) <= ${Math.ceil(sinceMs)}]`
  return [
    'qe',
    log,
    `/q:*[System[${condition}]]`,
    `/c:${most}`,
    '/rd:true',
    '/f:RenderedXml',
    // Otherwise characters that the console's code page lacks are lost.
    '/uni:true',
  ]
}

/** A record that is cut off or damaged is left out: the others still tell what happened. */
function readRecord(xml: string): EventRecord | undefined {
  const root = parse(xml)
  const at = new Date(attribute(root, 'TimeCreated', 'SystemTime'))
  const id = Number(textsOf(root, 'EventID')[0] ?? Number.NaN)
  if (root === undefined || Number.isNaN(at.getTime()) || !Number.isInteger(id)) return undefined
  const data = dataOf(root)
  return {
    provider: attribute(root, 'Provider', 'Name'),
    id,
    // The first one: the level inside RenderingInfo is a translated word.
    level: Number(textsOf(root, 'Level')[0] ?? 0),
    at,
    data,
    text: textsOf(root, 'Message')[0]?.trim() || data.join('\n'),
  }
}

/** What programs write into their messages, colours of a console among them, may be no character of XML. */
const NOT_XML =
  /[\0-\x08\x0b\x0c\x0e-\x1f]|&#(?:x(?:0*(?:[0-8bcef]|1[\da-f]))|0*(?:[0-8]|1[124-9]|2\d|3[01]));/gi

function parse(xml: string): Element | undefined {
  try {
    const parser = new DOMParser({ onError: onErrorStopParsing })
    return parser.parseFromString(xml.replaceAll(NOT_XML, '\uFFFD'), 'text/xml').documentElement ?? undefined
  } catch {
    return undefined
  }
}

/** Most sources write `EventData`; those with a schema of their own write any elements below `UserData`. */
function dataOf(root: Element): readonly string[] {
  const own = textsOf(root, 'Data')
  if (own.length > 0) return own
  const user = root.getElementsByTagName('UserData')[0]
  const leaves = [...(user?.getElementsByTagName('*') ?? [])].filter(
    (element) => element.getElementsByTagName('*').length === 0,
  )
  return leaves.map((element) => element.textContent ?? '')
}

function textsOf(root: Element | undefined, name: string): readonly string[] {
  return [...(root?.getElementsByTagName(name) ?? [])].map((element) => element.textContent ?? '')
}

function attribute(root: Element | undefined, element: string, name: string): string {
  return root?.getElementsByTagName(element)[0]?.getAttribute(name) ?? ''
}
