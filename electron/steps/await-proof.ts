import type { Problem, SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { StepContext } from '../setup/step.ts'
import { explainNoToken, explainSilence, type AskedService, type Failure } from './explain-failure.ts'
import { askService, hasEnded, trustIn } from './service-place.ts'

/** What a look at a service that was restarted may have found. */
type Look =
  | { readonly state: 'proven' }
  /** Nothing answers yet, or what answers cannot be read. */
  | { readonly state: 'silent' | 'no-token'; readonly problem: Problem }
  | { readonly state: string }

type Proven<L extends Look> = Extract<L, { readonly state: 'proven' }>
type Unproven<L extends Look> = Exclude<L, { readonly state: 'proven' }>

/** What is waited for. */
export interface AwaitedProof<L extends Look> {
  look(): Promise<L>
  /** Whether waiting will not change an answer. */
  isLasting(look: Unproven<L>): boolean
  /** Milliseconds for which a lasting answer is listened to all the same. */
  readonly wrongMs: number
  /** What is going on, for the progress. */
  words(look: Unproven<L>): string
  /** Why it is not accepted, where the service answers and can sign. */
  refusal(look: Unproven<L>): SetupError
}

/** Short, because users wait for their tokens; asking costs next to nothing. */
const PAUSE_MS = 100
/** Looking at container or pool starts a program, which takes from the service what it needs to start. */
const LOOK_MS = 1000
/** Events are told apart from those of earlier starts by their time. */
const SLACK_MS = 5000

/**
 * Waits until a service that was restarted proves what is asked of it.
 *
 * @param patienceMs milliseconds at most; less when the service has ended, or gives an answer that will not change
 * @returns the proof, and the milliseconds since the waiting began
 * @throws the reason of a signal that fired; SetupError why it does not: `service.ended`, `.silent`, `.other`, `token.…`,
 *   what `refusal` says
 */
export async function awaitProof<L extends Look>(
  { machine, progress, signal }: StepContext & { readonly signal?: AbortSignal },
  service: AskedService & { readonly trust?: string },
  awaited: AwaitedProof<L>,
  patienceMs: number,
): Promise<Proven<L> & { readonly ms: number }> {
  const { clock } = machine
  const started = clock.monotonic()
  const elapsed = () => clock.monotonic() - started
  let wrongSince: number | undefined
  for (let looked = started; ; await clock.sleep(PAUSE_MS)) {
    signal?.throwIfAborted()
    const found = await awaited.look()
    if (isProven(found)) return { ...found, ms: elapsed() }
    const look = found as Unproven<L>
    wrongSince = awaited.isLasting(look) ? (wrongSince ?? clock.monotonic()) : undefined
    const isWrong = wrongSince !== undefined && clock.monotonic() - wrongSince > awaited.wrongMs
    const late = isWrong || elapsed() > patienceMs
    if (!late && clock.monotonic() - looked < LOOK_MS) continue
    looked = clock.monotonic()
    const answer = await lastAnswer(machine, service)
    const ended = await hasEnded(machine, service.place, answer)
    if (ended || late) {
      const about = { ended, answer, sinceMs: elapsed() + SLACK_MS }
      throw (await explained(machine, service, look, about)) ?? awaited.refusal(look)
    }
    const seconds = Math.round(elapsed() / 1000)
    progress(elapsed() / patienceMs, `${awaited.words(look)}, ${seconds} s of at most ${patienceMs / 1000} s`)
  }
}

function isProven<L extends Look>(look: L): look is Proven<L> {
  return look.state === 'proven'
}

/** Undefined where the service answers, and what it says is the matter. */
async function explained(
  machine: Machine,
  service: AskedService,
  look: Look,
  about: Omit<Failure, 'problem'>,
): Promise<SetupError | undefined> {
  const problem = 'problem' in look ? look.problem : undefined
  if (look.state === 'silent' || about.ended)
    return explainSilence(machine, service, { problem: problem ?? ENDED, ...about })
  return look.state === 'no-token' && problem
    ? explainNoToken(machine, service, { problem, ...about })
    : undefined
}

/** For IIS, which answers for a service that could not start. */
async function lastAnswer(
  machine: Machine,
  { place, localUrl, trust }: AskedService & { readonly trust?: string },
) {
  return place.kind === 'website' ? askService(machine, localUrl, await trustIn(machine, trust)) : undefined
}

const ENDED: Problem = {
  code: 'service.ended',
  what: 'The service ended after it had answered.',
  next: 'Read its log, correct what it names, then try this step again.',
}
