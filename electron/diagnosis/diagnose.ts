import type { Cause, CauseRemedy, Found, FoundName } from './cause.ts'
import { causes } from './causes.ts'
import type { FailureEvidence } from './evidence.ts'
import { iisCauses } from './iis-causes.ts'
import { iisSight, type IisCause, type IisSight } from './iis-sight.ts'
import { iisStartCauses } from './iis-start-causes.ts'

export type { FailureEvidence } from './evidence.ts'

export interface Diagnosis {
  /** Id of the row in the table of causes. */
  readonly id: string
  readonly cause: string
  readonly remedy: CauseRemedy
  /** The lines of the log that say so, in their order. */
  readonly evidenceLines: readonly string[]
  readonly see?: string
}

/** Enough to see where it happened. */
const MOST_LINES = 8

/** Versions before 8.3.1 end without a word when the PFX is missing (vendor's release notes of 8.3.1). */
const silentEnd: Cause = {
  id: 'process.silent-end',
  signs: [],
  cause: () =>
    'The service ended without a word. Versions before 8.3.1 do so when the PFX file in X509CertificatePath is missing or cannot be read.',
  remedy: () => ({
    text: 'Check that the PFX file exists under X509CertificatePath, as the account of the service sees it, and that it may read it.',
  }),
}

/**
 * The most likely cause, or undefined when nothing points to one. A token's own log comes before the rest; then what
 * IIS knows for certain; then the last start that a log tells of, the service's own log before the event log; then
 * that IIS could not start the service, exit codes, and at last the status alone.
 */
export function diagnose(evidence: FailureEvidence): Diagnosis | undefined {
  const { log = '', tokenLog = '', exitCode, status, known = {} } = evidence
  const seen = iisSight(evidence)
  const records = (seen?.events ?? []).map(({ text }) => text)
  const showing = (rows: readonly IisCause[]) => {
    const row = seen && rows.find(({ shows }) => shows(seen, [log, ...records].join('\n')))
    return row && told({ ...row, signs: [] }, linesOf(seen), known)
  }

  const first = byWords(tokenLog, known) ?? showing(iisCauses)
  if (first !== undefined) return first
  for (const text of [lastStart(log), log, ...records]) {
    const found = byWords(text, known)
    if (found !== undefined) return found
  }
  const atStart = showing(iisStartCauses)
  if (atStart !== undefined) return atStart
  const byCode = causes.find(({ exitCodes }) => exitCode !== undefined && exitCodes?.includes(exitCode))
  if (byCode !== undefined) return told(byCode, log.split(/\r?\n/), known)
  if (exitCode !== undefined && (log + tokenLog).trim() === '') return told(silentEnd, [], known)
  const byStatus = causes.find(({ statuses }) => status !== undefined && statuses?.includes(status))
  return byStatus === undefined ? undefined : told(byStatus, seen ? linesOf(seen) : [], known)
}

/** The first row of which a sign stands in a text. */
function byWords(text: string, known: Found): Diagnosis | undefined {
  const lines = text.split(/\r?\n/)
  const cause = causes.find(({ signs }) => lines.some((line) => signs.some((sign) => sign.test(line))))
  return cause && told(cause, lines, known)
}

/** What IIS and Windows said, in lines to copy. */
function linesOf({ status, subStatus, hresult, pool, site, events }: IisSight): string[] {
  const number = [status, subStatus].filter((part) => part !== undefined).join('.')
  return [
    ...(number === '' ? [] : [`HTTP ${number} ${hresult ?? ''}`.trim()]),
    ...(site === 'Stopped' ? ['Site: Stopped'] : []),
    ...(pool === undefined ? [] : [`Application pool: ${pool}`]),
    ...events.map(({ provider, id, text }) => `${provider} ${id}: ${text.split(/\r?\n/)[0]}`),
  ]
}

/** A container that is restarted again and again writes one log. */
function lastStart(log: string): string {
  const at = log.lastIndexOf('Unhandled exception.')
  return at < 0 ? '' : log.slice(at)
}

function told(cause: Cause, lines: readonly string[], known: Found): Diagnosis {
  const patterns = [...cause.signs, ...(cause.facts ?? [])]
  const telling = lines.filter((line) => patterns.some((pattern) => pattern.test(line)))
  const found = { ...known, ...namesIn(telling, patterns) }
  const evidenceLines = (telling.length > 0 ? telling : lastLines(lines))
    .slice(0, MOST_LINES)
    .map(withoutValues)
  return {
    id: cause.id,
    cause: cause.cause(found),
    remedy: cause.remedy(found),
    evidenceLines,
    ...(cause.see !== undefined && { see: cause.see }),
  }
}

/** The first mention of each name counts: inner exceptions repeat the outer ones. */
function namesIn(lines: readonly string[], patterns: readonly RegExp[]): Found {
  const found: Partial<Record<FoundName, string>> = {}
  for (const line of lines)
    for (const pattern of patterns)
      for (const [name, value] of Object.entries(pattern.exec(line)?.groups ?? {}))
        if (value !== undefined) found[name as FoundName] ??= value
  return found
}

function lastLines(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '').slice(-MOST_LINES)
}

/** Json.NET repeats a value it cannot use, and in Clients that may be a secret nobody registered. */
function withoutValues(line: string): string {
  return line.replace(/(Error converting value )".*"(?= to type)/, '$1"[hidden]"').trim()
}
