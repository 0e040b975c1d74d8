import { SetupError } from '../contract/problem.ts'
import type { StepContext } from '../setup/step.ts'
import { awaitProof } from './await-proof.ts'
import { lookAtSigning, type SigningLook, type SigningService, type WantedKey } from './signing-look.ts'

interface Proven {
  readonly kid: string
  readonly withoutToken?: string
  /** Milliseconds since the waiting began. */
  readonly ms: number
}

const WRONG_MS = 3000

/**
 * Waits until a service that was restarted publishes the wanted key and signs a token with it.
 *
 * @param anew it was stopped as a whole before: no process of before can answer
 * @param patienceMs milliseconds at most; less when the service has ended, or gives an answer that will not change
 * @throws what `awaitProof` throws; SetupError `certificate.not-taken-up`
 */
export function awaitSigning(
  context: StepContext & { readonly signal?: AbortSignal },
  service: SigningService,
  wanted: WantedKey,
  patienceMs: number,
  { anew }: { readonly anew: boolean } = { anew: false },
): Promise<Proven> {
  const awaited = {
    look: () => lookAtSigning(context.machine, service, wanted),
    isLasting: (look: Unproven) => isLasting(look, anew || service.place.kind === 'container'),
    wrongMs: WRONG_MS,
    words: ({ state }: Unproven) => AT[state],
    refusal: (look: Unproven) =>
      look.state === 'other-key' ? otherKey(service, look.published) : new SetupError(look.problem),
  }
  return awaitProof<SigningLook>(context, service, awaited, patienceMs)
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
function isLasting(look: Unproven, anew: boolean): boolean {
  if (look.state === 'other-key') return anew
  // It listens, and waiting changes neither its certificate nor what it signs with.
  return ['discovery.tls', 'token.signing-failed'].includes(look.problem.code)
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
