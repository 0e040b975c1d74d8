import type { CheckReport, CheckStatus, Evidence, Remedy } from '../contract/check.ts'
import { problemOf } from '../contract/problem.ts'
import type { Clock } from '../machine/machine.ts'

/** One look at one thing: read only, small, with a reason and a remedy. */
export interface Check<Subject> {
  readonly id: string
  readonly title: string
  /** Why it is looked at, in one sentence. */
  readonly why: string
  /** What is thrown counts as failed, with the problem's own cause and remedy. */
  look(subject: Subject): Promise<Finding>
}

export interface Finding {
  readonly status: CheckStatus
  readonly summary: string
  readonly evidence?: readonly Evidence[]
  readonly cause?: string
  readonly remedy?: Remedy
}

export interface CheckRun {
  readonly clock: Clock
  readonly onCheck?: (check: CheckReport) => void
  readonly signal?: AbortSignal
}

/** Runs checks side by side and tells each as it ends. The reports come in the order of the checks. Never rejects. */
export async function runChecks<Subject>(
  checks: readonly Check<Subject>[],
  subject: Subject,
  run: CheckRun,
): Promise<readonly CheckReport[]> {
  return Promise.all(checks.map((check) => runCheck(check, subject, run)))
}

async function runCheck<Subject>(
  { id, title, why, look }: Check<Subject>,
  subject: Subject,
  { clock, onCheck, signal }: CheckRun,
): Promise<CheckReport> {
  const started = clock.monotonic()
  const finding = signal?.aborted ? cancelled : await look(subject).catch(findingOf)
  const ms = Math.round(clock.monotonic() - started)
  const report: CheckReport = { id, title, why, ms, evidence: [], ...(signal?.aborted ? cancelled : finding) }
  onCheck?.(report)
  return report
}

const cancelled: Finding = { status: 'not-tried', summary: 'Cancelled.' }

/** What a look that threw has found. */
export function findingOf(thrown: unknown): Finding {
  const { what, cause, next, details, where } = problemOf(thrown)
  const file = where?.file === undefined ? [] : [{ label: 'File', value: where.file }]
  return {
    status: 'failed',
    summary: what,
    evidence: [...file, ...(details?.length ? [{ label: 'Details', value: details.join('\n') }] : [])],
    ...(cause === undefined ? {} : { cause }),
    remedy: { text: next },
  }
}
