import type { Cause, CauseRemedy, Found, FoundName } from './cause.ts'
import { causes } from './causes.ts'

/** What is known about a service that does not do its work. Logs must already be redacted. */
export interface FailureEvidence {
  /** What it wrote since its start, both streams. */
  readonly log?: string
  /** What it wrote while a token was asked for. */
  readonly tokenLog?: string
  readonly exitCode?: number
  /** HTTP status of its answer. */
  readonly status?: number
  /** What the setup knows and a log may leave out. */
  readonly known?: { readonly user?: string; readonly database?: string; readonly client?: string }
}

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
 * The most likely cause, or undefined when nothing points to one. Of a log with several starts the last one counts;
 * a token's own log comes before the rest.
 */
export function diagnose(evidence: FailureEvidence): Diagnosis | undefined {
  const { log = '', tokenLog = '', exitCode, status, known = {} } = evidence
  for (const text of [tokenLog, lastStart(log), log]) {
    const lines = text.split(/\r?\n/)
    const cause = causes.find(({ signs }) => lines.some((line) => signs.some((sign) => sign.test(line))))
    if (cause !== undefined) return told(cause, lines, known)
  }
  const byCode = causes.find(({ exitCodes }) => exitCode !== undefined && exitCodes?.includes(exitCode))
  if (byCode !== undefined) return told(byCode, log.split(/\r?\n/), known)
  if (exitCode !== undefined && (log + tokenLog).trim() === '') return told(silentEnd, [], known)
  const byStatus = causes.find(({ statuses }) => status !== undefined && statuses?.includes(status))
  return byStatus === undefined ? undefined : told(byStatus, [], known)
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
