import { type Problem, SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { StepContext } from '../setup/step.ts'
import { explainNoToken, explainSilence, type Failure } from './explain-failure.ts'
import { askService, hasEnded, trustIn } from './service-place.ts'
import { lookAtSigning, type SigningLook, type SigningService, type WantedKey } from './signing-look.ts'

export interface Proven {
  readonly kid: string
  readonly withoutToken?: string
  /** Since the waiting began. */
  readonly ms: number
}

/** Short, because users wait for their tokens; asking costs next to nothing. */
const PAUSE_MS = 100
/** Looking at container or pool starts a program, which takes from the service what it needs to start. */
const LOOK_MS = 1000
/** How long an answer that waiting does not change is listened to all the same. */
const WRONG_MS = 3000
/** Events are told apart from those of earlier starts by their time. */
const SLACK_MS = 5000

/**
 * Waits until a service that was restarted publishes the wanted key and signs a token with it.
 *
 * @param patienceMs milliseconds at most; less when the service has ended, or gives an answer that will not change
 * @throws the reason of a signal that fired; SetupError why it does not: `service.ended`, `.silent`, `.other`, `certificate.not-taken-up`, `token.…`
 */
export async function awaitSigning(
  { machine, progress, signal }: StepContext & { readonly signal?: AbortSignal },
  service: SigningService,
  wanted: WantedKey,
  patienceMs: number,
): Promise<Proven> {
  const { clock } = machine
  const started = clock.monotonic()
  const elapsed = () => clock.monotonic() - started
  let wrongSince: number | undefined
  for (let looked = started; ; await clock.sleep(PAUSE_MS)) {
    signal?.throwIfAborted()
    const look = await lookAtSigning(machine, service, wanted)
    if (look.state === 'proven') return { ...look, ms: elapsed() }
    wrongSince = isLasting(look, service) ? (wrongSince ?? clock.monotonic()) : undefined
    const isWrong = wrongSince !== undefined && clock.monotonic() - wrongSince > WRONG_MS
    const late = isWrong || elapsed() > patienceMs
    if (!late && clock.monotonic() - looked < LOOK_MS) continue
    looked = clock.monotonic()
    const answer = await lastAnswer(machine, service)
    const ended = await hasEnded(machine, service.place, answer)
    if (ended || late) {
      const sinceMs = elapsed() + SLACK_MS
      throw await failureOf(machine, service, look, { ended, answer, sinceMs })
    }
    const seconds = Math.round(elapsed() / 1000)
    progress(elapsed() / patienceMs, `${AT[look.state]}, ${seconds} s of at most ${patienceMs / 1000} s`)
  }
}

type Unproven = Exclude<SigningLook, { state: 'proven' }>

const AT: Readonly<Record<Unproven['state'], string>> = {
  silent: 'waiting for the service',
  'other-key': 'the service still signs with the other key',
  'no-token': 'waiting for a token',
}

/**
 * Whether waiting will not change an answer. A container that was restarted has no process of before; IIS lets the former
 * worker process answer until the new one has started.
 */
function isLasting(look: SigningLook, { place }: SigningService): boolean {
  if (look.state === 'other-key') return place.kind === 'container'
  // It listens, and waiting changes neither its certificate nor what it signs with.
  return 'problem' in look && ['discovery.tls', 'token.signing-failed'].includes(look.problem.code)
}

/** For IIS, which answers for a service that could not start. */
async function lastAnswer(machine: Machine, { place, localUrl, trust }: SigningService) {
  return place.kind === 'website' ? askService(machine, localUrl, await trustIn(machine, trust)) : undefined
}

function failureOf(
  machine: Machine,
  service: SigningService,
  look: Unproven,
  about: Omit<Failure, 'problem'>,
): SetupError | Promise<SetupError> {
  if (look.state === 'silent' || about.ended)
    return explainSilence(machine, service, { problem: 'problem' in look ? look.problem : ENDED, ...about })
  return look.state === 'other-key'
    ? otherKey(service, look.published)
    : explainNoToken(machine, service, { problem: look.problem, ...about })
}

const ENDED: Problem = {
  code: 'service.ended',
  what: 'The service ended after it had answered.',
  next: 'Read its log, correct what it names, then try this step again.',
}

/** A service that was restarted and publishes other keys than the one wanted. */
export function otherKey({ place }: SigningService, published: readonly string[]): SetupError {
  return new SetupError({
    code: 'certificate.not-taken-up',
    what: 'The service was restarted and signs with another key than the one in the PFX.',
    cause:
      place.kind === 'container'
        ? 'It reads another file: the PFX may be in the image, or X509CertificatePath or a variable names another path.'
        : 'It reads another file, or a worker process of before still answers.',
    next: 'Compare X509CertificatePath, as the service sees it, with the PFX that was written.',
    details: [`Published: ${published.join(', ')}`],
  })
}
