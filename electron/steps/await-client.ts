import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { StepContext } from '../setup/step.ts'
import { type ClientLook, type ClientService, lookAtClient } from './client-look.ts'
import { explainNoToken, explainSilence } from './explain-failure.ts'
import { askService, hasEnded, trustIn } from './service-place.ts'

export interface ProvenClient {
  /** Whether it got a token; false where it may not have one for itself. */
  readonly token: boolean
  /** Since the waiting began. */
  readonly ms: number
}

/** Short, because Creatio waits for its tokens; asking costs next to nothing. */
const PAUSE_MS = 100
/** Looking at container or pool starts a program, which takes from the service what it needs to start. */
const LOOK_MS = 1000
/** How long an answer that waiting does not change is listened to; IIS lets the former worker process answer for a while. */
const WRONG_MS = { container: 3000, website: 30_000 } as const
/** Events are told apart from those of earlier starts by their time. */
const SLACK_MS = 5000

/**
 * Waits until a service that was restarted accepts a client, and the former one no longer.
 *
 * @param patienceMs milliseconds at most; less when the service has ended, or gives an answer that will not change
 * @throws the reason of a signal that fired; SetupError why it does not: `client.refused`, `client.former-works`,
 *   `service.ended`, `.silent`, `.other`, `token.…`
 */
export async function awaitClient(
  { machine, progress, signal }: StepContext & { readonly signal?: AbortSignal },
  service: ClientService,
  patienceMs: number,
): Promise<ProvenClient> {
  const { clock } = machine
  const started = clock.monotonic()
  const elapsed = () => clock.monotonic() - started
  let wrongSince: number | undefined
  for (let looked = started; ; await clock.sleep(PAUSE_MS)) {
    signal?.throwIfAborted()
    const look = await lookAtClient(machine, service)
    if (look.state === 'proven') return { token: look.token, ms: elapsed() }
    wrongSince = isLasting(look) ? (wrongSince ?? clock.monotonic()) : undefined
    const isWrong = wrongSince !== undefined && clock.monotonic() - wrongSince > WRONG_MS[service.place.kind]
    const late = isWrong || elapsed() > patienceMs
    if (!late && clock.monotonic() - looked < LOOK_MS) continue
    looked = clock.monotonic()
    const answer = await lastAnswer(machine, service)
    const ended = await hasEnded(machine, service.place, answer)
    if (ended || late) {
      const about = { ended, answer, sinceMs: elapsed() + SLACK_MS }
      if (look.state === 'silent' || ended)
        throw await explainSilence(machine, service, {
          problem: 'problem' in look ? look.problem : ENDED,
          ...about,
        })
      if (look.state === 'no-token')
        throw await explainNoToken(machine, service, { problem: look.problem, ...about })
      throw notAccepted(service, look)
    }
    const seconds = Math.round(elapsed() / 1000)
    progress(elapsed() / patienceMs, `${AT[look.state]}, ${seconds} s of at most ${patienceMs / 1000} s`)
  }
}

type Unproven = Exclude<ClientLook, { state: 'proven' }>

const AT: Readonly<Record<Unproven['state'], string>> = {
  silent: 'waiting for the service',
  refused: 'the service does not know the client yet',
  'no-token': 'waiting for a token',
  'former-works': 'the service still knows the former client',
}

function isLasting(look: Unproven): boolean {
  if (look.state === 'refused' || look.state === 'former-works') return true
  return ['discovery.tls', 'token.signing-failed'].includes(look.problem.code)
}

/** For IIS, which answers for a service that could not start. */
async function lastAnswer(machine: Machine, { place, localUrl, trust }: ClientService) {
  return place.kind === 'website' ? askService(machine, localUrl, await trustIn(machine, trust)) : undefined
}

const ENDED = {
  code: 'service.ended',
  what: 'The service ended after it had answered.',
  next: 'Read its log, correct what it names, then try this step again.',
}

function notAccepted({ client, former }: ClientService, look: Unproven): SetupError {
  return look.state === 'former-works'
    ? new SetupError({
        code: 'client.former-works',
        what: `The service was restarted and still gives tokens to the former client ${former?.id}.`,
        cause: 'It uses another database, or another service has made the former client there again.',
        next: 'Compare DatabaseConnectionString, as the service sees it, with the settings that were written.',
      })
    : new SetupError({
        code: 'client.refused',
        what: `The service was restarted and does not accept the client ${client.id}.`,
        cause: 'It has not made the client from these settings: it reads others, or uses another database.',
        next: 'Compare Clients and DatabaseConnectionString, as the service sees them, with the settings that were written.',
        ...('problem' in look && look.problem.details ? { details: look.problem.details } : {}),
      })
}
