import { problemOf, SetupError, type Problem } from '../contract/problem.ts'
import { recyclePool } from '../iis/pools.ts'
import type { HttpAnswer, Machine } from '../machine/machine.ts'
import { discoveryUrl, readDiscovery } from '../oidc/discovery.ts'
import { call } from '../setup/script-parts.ts'
import type { Step } from '../setup/step.ts'
import { explainSilence, type KnownNames } from './explain-failure.ts'
import {
  answeredByAnother,
  askService,
  hasEnded,
  isOurs,
  trustIn,
  type ServicePlace,
} from './service-place.ts'

export interface AwaitInput {
  /** Address by which this machine reaches the service. */
  readonly localUrl: string
  /** PEM file of an HTTPS certificate to trust. */
  readonly trust?: string
  readonly place: ServicePlace
  readonly known?: KnownNames
  /** Milliseconds to wait at most. IIS itself gives up after 120 s. */
  readonly patienceMs: number
}

/** Short, because an installer waits for this; asking costs next to nothing. */
const PAUSE_MS = 100
/** Looking at container or pool starts a program, which takes from the service what it needs to start. */
const LOOK_MS = 1000
/** Events are told apart from those of earlier starts by their time. */
const SLACK_MS = 5000

/** Waits until the service answers. When it does not come up, says why, from its own log and its host. */
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
    const { machine } = context
    const { clock } = machine
    const started = clock.monotonic()
    const elapsed = () => Math.round((clock.monotonic() - started) / 1000)
    const most = input.patienceMs / 1000
    await beginAnew(machine, input)
    for (let looked = started; ; await clock.sleep(PAUSE_MS)) {
      const problem = await askOnce(machine, input)
      if (!problem) return `The service answered after ${elapsed()} s.`
      // It listens, and waiting does not change its certificate.
      const refused = problem.code === 'discovery.tls'
      const late = refused || clock.monotonic() - started > input.patienceMs
      if (!late && clock.monotonic() - looked < LOOK_MS) continue
      looked = clock.monotonic()
      const answer = input.place.kind === 'website' ? await lastAnswer(machine, input) : undefined
      const ended = await hasEnded(machine, input.place, answer)
      if (ended || late) {
        const sinceMs = clock.monotonic() - started + SLACK_MS
        throw await explainSilence(machine, input, { problem, ended, answer, sinceMs })
      }
      const said = answer ? `, last answer ${answer.status}` : ''
      context.progress(
        elapsed() / most,
        `waiting for the service, ${elapsed()} s of at most ${most} s${said}`,
      )
    }
  },

  async verify(input, { machine }) {
    const problem = await askOnce(machine, input)
    if (problem) throw new SetupError(problem)
    return 'the discovery document is there'
  },

  /** It changed nothing. */
  undo: () => Promise.resolve('Nothing to take back.'),

  script: ({ localUrl, trust, patienceMs }) => [
    call('Wait-Service', {
      Url: discoveryUrl(localUrl),
      ...(trust === undefined ? {} : { Certificate: trust }),
      Seconds: patienceMs / 1000,
    }),
  ],
}

async function askOnce(machine: Machine, input: AwaitInput): Promise<Problem | undefined> {
  const { localUrl, place } = input
  try {
    const trust = await trustIn(machine, input.trust)
    const options = { ...(trust === undefined ? {} : { trust: [trust] }), timeoutMs: 5000 }
    await readDiscovery(machine.network, localUrl, options)
    return (await isOurs(machine, place)) ? undefined : answeredByAnother(localUrl)
  } catch (error) {
    return problemOf(error)
  }
}

/**
 * The module of IIS answers for an application that could not start with what it said the first time, until its pool is
 * recycled: tried again after its cause was removed, the step would go on seeing the old failure.
 */
async function beginAnew(machine: Machine, input: AwaitInput): Promise<void> {
  const { place } = input
  if (place.kind !== 'website') return
  const answer = await lastAnswer(machine, input)
  // 503 is the pool's own: it is stopped, which is left to the step that starts it.
  if (answer === undefined || answer.status === 503) return
  if (await hasEnded(machine, place, answer)) await recyclePool(machine, place.pool)
}

/** The answer as it came; undefined when there was none. */
async function lastAnswer(machine: Machine, input: AwaitInput): Promise<HttpAnswer | undefined> {
  return askService(machine, input.localUrl, await trustIn(machine, input.trust))
}
