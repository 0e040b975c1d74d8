import type { ConnectionNote, DatabaseDrivers, Provider } from '../../contract/database.ts'
import { Secret } from '../../secrets/secret.ts'
import { parseConnectionString, withParts, type PartChanges } from './connection-string.ts'
import { judgePair, type PairVerdict } from './judge.ts'
import {
  printKeywordValue,
  printValue,
  readKeywordValues,
  type PlacedKeywordValue,
} from './keyword-values.ts'
import { partOf } from './keywords.ts'

export interface ServiceForm {
  /** To be written for the service. */
  readonly connectionString: Secret
  /** What is done about the given one, each `info`. */
  readonly notes: readonly ConnectionNote[]
}

export interface ServiceFormOptions {
  /** Parts to be other than given, such as the server as a container sees it. */
  readonly changes?: PartChanges
  /** What the service's build connects with; left out, current drivers are taken. */
  readonly drivers?: DatabaseDrivers
}

/**
 * The connection string to write for the service: the given one, with those parts changed that are named, without
 * keywords that its driver refuses and does without, and with the driver's spelling of those that it knows by another.
 * Everything else stays byte for byte, also what is wrong with it: `problemsIn` says that.
 * @throws SetupError `database.connection-string` when the text is not one.
 */
export function serviceForm(
  text: Secret,
  provider: Provider,
  { changes = {}, drivers }: ServiceFormOptions = {},
): ServiceForm {
  const { text: changed, notes } = portBesideServer(withParts(text, changes, provider).open(), provider)
  let result = changed
  const repairs: ConnectionNote[] = []
  const takenBack = new Set<string>()
  for (const pair of readKeywordValues(changed).toReversed()) {
    const judged = judgePair(pair, provider, drivers)
    // An empty value takes back what an earlier one says: without it, that one must go too.
    if (judged.kind === 'left-out' && judged.known) takenBack.add(judged.known.name)
    const verdict = takenBack.has(judged.known?.name ?? '') ? TAKEN_BACK : judged
    const note = repairNote(pair, verdict)
    if (!note) continue
    repairs.unshift(note)
    result = result.slice(0, pair.start) + repaired(changed, pair, verdict) + result.slice(pair.end)
  }
  return { connectionString: new Secret(result), notes: [...notes, ...repairs] }
}

const TAKEN_BACK: PairVerdict = {
  kind: 'left-out',
  why: 'it has no value, or has none further on, and the service’s driver may not start with that',
}

/** A pair as the driver takes it, its value as it is written where that can stay; nothing where it is left out. */
function repaired(text: string, pair: PlacedKeywordValue, verdict: PairVerdict): string {
  if (verdict.kind === 'left-out') return ''
  const { keyword, value } = verdict.kind === 'kept' ? verdict : {}
  const head =
    keyword === undefined
      ? text.slice(pair.start, pair.valueStart)
      : printKeywordValue({ keyword, value: '' })
  const written = value === undefined ? text.slice(pair.valueStart, pair.valueEnd) : printValue(value)
  return head + written + text.slice(pair.valueEnd, pair.end)
}

function repairNote({ keyword }: PlacedKeywordValue, verdict: PairVerdict): ConnectionNote | undefined {
  if (verdict.kind === 'left-out')
    return { level: 'info', keyword, text: `“${keyword}” is left out: ${verdict.why}.` }
  if (verdict.kind !== 'kept') return undefined
  const { keyword: spelling = keyword, value } = verdict
  if (value !== undefined)
    return {
      level: 'info',
      keyword,
      text: `“${keyword}” is written as “${spelling}=${value}”, as the service’s driver wants it.`,
    }
  if (spelling === keyword) return undefined
  return {
    level: 'info',
    keyword,
    text: `“${keyword}” is written as “${spelling}”, the name that the service’s driver knows.`,
  }
}

/** SQL Server's driver has no keyword for the port: it stands beside the server. */
function portBesideServer(text: string, provider: Provider): { text: string; notes: ConnectionNote[] } {
  if (provider !== 'MsSqlServer') return { text, notes: [] }
  const { server, port, options } = parseConnectionString(text, provider)
  const own = readKeywordValues(text).filter(({ keyword }) => partOf(keyword) === 'port')
  const unread = options.some(({ keyword }) => partOf(keyword) === 'port')
  if (own.length === 0 || unread) return { text, notes: [] }
  const without = own.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
  const beside = withParts(new Secret(without), port === undefined ? {} : { server, port }, provider)
  return {
    text: beside.open(),
    notes: own.map(({ keyword }) => ({
      level: 'info',
      keyword,
      text: `“${keyword}” is written behind the server and a comma, as the service’s driver wants it.`,
    })),
  }
}
