import type { Machine } from '../machine/machine.ts'
import { SetupError, problemOf, type Problem } from '../contract/problem.ts'
import type { Diagnosis } from '../contract/run.ts'
import { diagnose } from '../diagnosis/diagnose.ts'
import { containerLog, inspectContainer } from '../docker/container.ts'
import { readDiscovery } from '../oidc/discovery.ts'
import { maybeRuns, ownProcess } from './start-practice-service.ts'
import { DiagnosedError, type Step, type StepContext } from '../setup/step.ts'

export interface AwaitInput {
  /** Address by which this machine reaches the service. */
  readonly localUrl: string
  /** PEM file of a self-signed HTTPS certificate to trust. */
  readonly trust?: string
  readonly log: LogPlace
  /** For remedies: what the setup knows and a log may leave out. */
  readonly known?: { readonly user?: string; readonly database?: string; readonly client?: string }
  /** Milliseconds to wait at most. IIS itself gives up after 120 s. */
  readonly patienceMs: number
}

/** Where the service writes what it has to say. */
export type LogPlace =
  | { readonly kind: 'container'; readonly name: string }
  | { readonly kind: 'process'; readonly file: string; readonly pidFile: string }

/** Short, because an installer waits for this; asking costs next to nothing. */
const PAUSE_MS = 100
/** Looking at the container starts a program, which takes from the service what it needs to start. */
const LOOK_MS = 1000
const LOG_LINES = 200

/** Waits until the service answers. When it does not come up, says why, from its own log. */
export const awaitService: Step<AwaitInput, never> = {
  kind: 'await-service',

  async inspect(input, { machine }) {
    const problem = await askOnce(machine, input)
    return problem
      ? { state: 'absent', evidence: [problem.what] }
      : { state: 'as-wanted', evidence: [`${input.localUrl} answers.`] }
  },

  preview({ localUrl, patienceMs }) {
    const note = `Asks for ${localUrl}/.well-known/openid-configuration until it answers, at most ${patienceMs / 1000} s.`
    return { detail: 'first answer', notes: [note] }
  },

  async apply(input, context) {
    const { clock } = context.machine
    const started = clock.monotonic()
    const elapsed = () => Math.round((clock.monotonic() - started) / 1000)
    const most = input.patienceMs / 1000
    for (let looked = started; ; await clock.sleep(PAUSE_MS)) {
      const problem = await askOnce(context.machine, input)
      if (!problem) return `The service answered after ${elapsed()} s.`
      // It listens, and waiting does not change its certificate.
      const refused = problem.code === 'discovery.tls'
      const late = refused || clock.monotonic() - started > input.patienceMs
      if (!late && clock.monotonic() - looked < LOOK_MS) continue
      looked = clock.monotonic()
      const ended = await hasEnded(context.machine, input.log)
      if (ended || late) throw await explained(input, context, problem, ended)
      context.progress(elapsed() / most, `waiting for the service, ${elapsed()} s of at most ${most} s`)
    }
  },

  async verify(input, { machine }) {
    const problem = await askOnce(machine, input)
    if (problem) throw new SetupError(problem)
    return 'the discovery document is there'
  },

  /** It changed nothing. */
  undo: () => Promise.resolve('Nothing to take back.'),
}

async function askOnce(machine: Machine, { localUrl, trust, log }: AwaitInput): Promise<Problem | undefined> {
  const pem = trust === undefined ? undefined : await machine.files.read(trust)
  const options = pem ? { trust: [Buffer.from(pem).toString('utf8')] } : {}
  try {
    await readDiscovery(machine.network, localUrl, { ...options, timeoutMs: 5000 })
    return (await isOurs(machine, log)) ? undefined : answeredByAnother(localUrl)
  } catch (error) {
    return problemOf(error)
  }
}

/** Whether what answers can be what this setup started, and not another program on its port. */
async function isOurs(machine: Machine, log: LogPlace): Promise<boolean> {
  if (log.kind === 'process') return (await ownProcess(machine, log.pidFile)) !== undefined
  return (await inspectContainer(machine, log.name))?.state === 'running'
}

function answeredByAnother(url: string): Problem {
  return {
    code: 'service.other',
    what: `Another program answers at ${url}.`,
    cause: 'The port was taken by another service while this one was starting.',
    next: 'Stop the other program, or choose another port.',
  }
}

/** What is known of a service that has ended: undefined while it runs. */
async function hasEnded(machine: Machine, log: LogPlace): Promise<{ exitCode?: number } | undefined> {
  if (log.kind === 'process') {
    return (await maybeRuns(machine, log.pidFile)) ? undefined : {}
  }
  const container = await inspectContainer(machine, log.name)
  if (!container) return {}
  const { state, restarts, exitCode } = container
  // A restart policy starts it again and again: it has ended each time. While it runs, its exit code says nothing.
  if (state === 'running') return restarts > 0 ? {} : undefined
  return { exitCode }
}

async function explained(
  { log, localUrl, known }: AwaitInput,
  { machine }: StepContext,
  last: Problem,
  ended: { exitCode?: number } | undefined,
): Promise<SetupError> {
  const text = await readLog(machine, log)
  const found = diagnose({
    log: text,
    ...(known ? { known } : {}),
    ...(ended?.exitCode === undefined ? {} : { exitCode: ended.exitCode }),
  })
  const tail = text.trim().split('\n').slice(-40)
  const problem: Problem = {
    ...headOf(last, ended !== undefined),
    cause: found?.cause ?? last.cause ?? last.what,
    ...(found ? { next: found.remedy.text } : {}),
    details: tail,
  }
  if (!found) return new SetupError(problem)
  const diagnosis: Diagnosis = {
    id: found.id,
    cause: found.cause,
    remedy: found.remedy,
    evidence: [
      { label: 'Answer', value: `GET ${localUrl}: ${last.what}` },
      { label: 'Log', value: found.evidenceLines.join('\n') || tail.slice(-5).join('\n') },
      ...(ended?.exitCode === undefined ? [] : [{ label: 'Exit code', value: String(ended.exitCode) }]),
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

/** The last lines that the service wrote. */
export async function readLog(machine: Machine, log: LogPlace): Promise<string> {
  if (log.kind === 'container') return (await containerLog(machine, log.name, { tail: LOG_LINES })).join('\n')
  return Buffer.from((await machine.files.read(log.file)) ?? [])
    .toString('utf8')
    .split('\n')
    .slice(-LOG_LINES)
    .join('\n')
}
