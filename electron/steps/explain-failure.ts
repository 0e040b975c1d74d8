import { SetupError, type Problem } from '../contract/problem.ts'
import type { Diagnosis } from '../contract/run.ts'
import { diagnose, type Diagnosis as Cause } from '../diagnosis/diagnose.ts'
import type { HttpAnswer, Machine } from '../machine/machine.ts'
import { DiagnosedError } from '../setup/step.ts'
import { evidenceOf, type Ended, type ServiceEvidence, type ServicePlace } from './service-place.ts'

/** For remedies: what the setup knows and a log may leave out. */
export interface KnownNames {
  readonly user?: string
  readonly database?: string
  readonly client?: string
}

/** The service that was asked. */
export interface AskedService {
  readonly localUrl: string
  readonly place: ServicePlace
  readonly known?: KnownNames
}

export interface Failure {
  /** What the last question was answered with. */
  readonly problem: Problem
  readonly ended: Ended | undefined
  readonly answer: HttpAnswer | undefined
  /** How far back events count. */
  readonly sinceMs: number
}

const LOG_LINES = 40

/** Why a service does not answer, from its own log and its host. */
export async function explainSilence(
  machine: Machine,
  service: AskedService,
  { problem: last, ended, answer, sinceMs }: Failure,
): Promise<SetupError> {
  const found = await evidenceOf(machine, service.place, { sinceMs, answer, ended })
  const { evidence } = found
  // A certificate was refused before anything was asked: what a log tells is of another time.
  const unasked = last.code === 'discovery.tls'
  const cause = unasked
    ? undefined
    : diagnose({ ...evidence, known: { ...evidence.known, ...service.known } })
  return explained(
    service,
    { ...headOf(last, ended !== undefined), cause: last.cause ?? last.what },
    {
      found,
      cause,
      answer: last.what,
    },
  )
}

/** Why a service that answers gives no token, from its own log. */
export async function explainNoToken(
  machine: Machine,
  service: AskedService,
  { problem, answer, sinceMs }: Omit<Failure, 'ended'>,
): Promise<SetupError> {
  const found = await evidenceOf(machine, service.place, { sinceMs, answer, onlyRecentLog: true })
  const { evidence } = found
  const known = { ...evidence.known, ...service.known }
  const cause = diagnose({ ...evidence, log: '', tokenLog: evidence.log ?? '', known })
  return explained(service, problem, { found, cause, answer: problem.what })
}

function explained(
  { localUrl }: AskedService,
  head: Problem,
  about: { readonly found: ServiceEvidence; readonly cause: Cause | undefined; readonly answer: string },
): SetupError {
  const { cause } = about
  const { evidence, raw } = about.found
  const tail = (evidence.log ?? '').trim().split('\n').slice(-LOG_LINES)
  const problem: Problem = {
    ...head,
    ...(cause ? { cause: cause.cause, next: cause.remedy.text } : {}),
    details: [...raw.map(({ label, value }) => `${label}: ${value}`), ...tail],
  }
  if (!cause) return new SetupError(problem)
  const lines = cause.evidenceLines.join('\n') || tail.slice(-5).join('\n')
  const diagnosis: Diagnosis = {
    id: cause.id,
    cause: cause.cause,
    remedy: cause.remedy,
    evidence: [
      { label: 'Answer', value: `GET ${localUrl}: ${about.answer}` },
      ...(lines === '' ? [] : [{ label: 'Log', value: lines }]),
      ...raw,
    ],
  }
  return new DiagnosedError(problem, diagnosis)
}

/** What is wrong, as far as it shows from outside. */
function headOf(last: Problem, ended: boolean): Pick<Problem, 'code' | 'what' | 'next'> {
  const next = 'Read its log, correct what it names, then try this step again.'
  if (ended) return { code: 'service.ended', what: 'The service ended while it was starting.', next }
  if (last.code === 'service.other' || last.code === 'discovery.tls')
    return { code: last.code, what: last.what, next: last.next }
  return { code: 'service.silent', what: 'The service does not answer.', next }
}
