import { SetupError } from '../contract/problem.ts'
import type { StepContext } from '../setup/step.ts'
import { awaitProof } from './await-proof.ts'
import { type ClientLook, type ClientService, lookAtClient } from './client-look.ts'

interface ProvenClient {
  /** Whether it got a token; false where it may not have one for itself. */
  readonly token: boolean
  /** Milliseconds since the waiting began. */
  readonly ms: number
}

/** IIS lets the former worker process answer for a while. */
const WRONG_MS = { container: 3000, website: 30_000 } as const

/**
 * Waits until a service that was restarted accepts a client, and the former one no longer.
 *
 * @param patienceMs milliseconds at most; less when the service has ended, or gives an answer that will not change
 * @throws what `awaitProof` throws; SetupError `client.refused`, `client.former-works`
 */
export function awaitClient(
  context: StepContext & { readonly signal?: AbortSignal },
  service: ClientService,
  patienceMs: number,
): Promise<ProvenClient> {
  const awaited = {
    look: () => lookAtClient(context.machine, service),
    isLasting,
    wrongMs: WRONG_MS[service.place.kind],
    words: ({ state }: Unproven) => AT[state],
    refusal: (look: Unproven) => notAccepted(service, look),
  }
  return awaitProof<ClientLook>(context, service, awaited, patienceMs)
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

function notAccepted({ client, former }: ClientService, look: Unproven): SetupError {
  if (look.state === 'former-works')
    return new SetupError({
      code: 'client.former-works',
      what: `The service was restarted and still gives tokens to the former client ${former?.id}.`,
      cause: 'It uses another database, or another service has made the former client there again.',
      next: 'Compare DatabaseConnectionString, as the service sees it, with the settings that were written.',
    })
  const details = look.problem.details ? { details: look.problem.details } : {}
  // Said only to a client whose secret fits.
  if (look.problem.code === 'token.invalid-scope')
    return new SetupError({
      code: 'client.scope-unknown',
      what: `The service knows the client ${client.id}, and refuses its scopes.`,
      cause: 'At least one of them is none that the service has.',
      next: 'Leave out the scopes that were added, and change the client again; ApiScopes and IdentityResources hold those that the service has.',
      ...details,
    })
  return new SetupError({
    code: 'client.refused',
    what: `The service was restarted and does not accept the client ${client.id}.`,
    cause: 'It has not made the client from these settings: it reads others, or uses another database.',
    next: 'Compare Clients and DatabaseConnectionString, as the service sees them, with the settings that were written.',
    ...details,
  })
}
