import { problemOf, SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { TokenWatch } from '../oidc/token-watch.ts'
import { type Found, type Step, withDetail } from '../setup/step.ts'
import { seenByAdministrator } from './administrator-view.ts'
import { awaitSigning, otherKey } from './await-signing.ts'
import {
  ran,
  restartCommands,
  type RestartedService,
  restartService,
  type ServiceBefore,
  serviceBefore,
  startAgain,
  stopService,
} from './service-control.ts'
import { nameOf, trustIn } from './service-place.ts'
import {
  clientSecretIn,
  keyOf,
  lookAtSigning,
  publishedNames,
  readPfxKey,
  type SigningService,
  type WantedKey,
} from './signing-look.ts'
import { inSeconds, tokensMeanwhile } from './token-account.ts'

export interface TakeUpInput extends RestartedService, SigningService {
  /** The PFX that the service is to sign with, as a path of this machine. */
  readonly pfx: string
  /** Where the former PFX lies, when the new one does not take its place. */
  readonly formerPfx?: string
  /** Milliseconds to wait at most, after the restart and, when it is taken back, after that one. */
  readonly patienceMs: number
}

interface TakeUpUndo {
  readonly before: ServiceBefore
  /** Names of the keys that the service published before. */
  readonly kids: readonly string[]
  readonly service: SigningService
  /** The PFX that is in use again when everything is taken back. */
  readonly pfx: string
  readonly patienceMs: number
}

/** Restarts the service so that it signs with the key of a new PFX, and proves that it does. */
export const takeUpCertificate: Step<TakeUpInput, TakeUpUndo> = {
  kind: 'take-up-certificate',

  inspect: (input, { machine }) => seenByAdministrator(() => compare(machine, input)),

  preview(input) {
    return {
      detail: 'restart',
      commands: restartCommands(input),
      notes: [
        ...(input.restart.how === 'recreate-container'
          ? [
              'The new container gets everything that the former one was started with; that one is kept, stopped.',
            ]
          : []),
        'Tokens that were issued before are good for 3600 s at most, and only for those who still hold the former key. Once Creatio has read the new one, programs get 401 until they fetch a new token.',
        'A token is fetched again and again meanwhile; the summary says for how long none could be had.',
      ],
    }
  },

  async apply(input, context) {
    const { machine } = context
    const { pfx, formerPfx, patienceMs } = input
    const key = await readPfxKey(machine, pfx)
    const wanted = keyOf(key)
    const now = await lookAtSigning(machine, input, wanted)
    const taken = { thumbprint: key.thumbprint, proven: now.state === 'proven' }
    const before = await serviceBefore(machine, input, taken)
    const kids = await publishedNames(machine, input)
    const service = serviceOf(input)
    await context.willUndo({ before, kids, service, pfx: formerPfx ?? pfx, patienceMs })

    const watch = await watchTokens(machine, input)
    try {
      const first = await watch?.first
      context.progress(0, 'restarting the service')
      const { clock } = machine
      const started = clock.monotonic()
      await restartService(machine, input.restart, before, key)
      const restarted = clock.monotonic() - started
      const proven = await awaitSigning(context, input, wanted, patienceMs)
      const watched = await watch?.stop()
      if (watched) context.log(`Asked for a token (${watched.askedTimes}×); none came ${watched.failures}×.`)
      const tokens = tokensMeanwhile(first, watched, proven.withoutToken)
      const stopped = ran(before) ? '' : '; it was stopped, and runs now'
      return `Signs with ${proven.kid} after ${inSeconds(restarted + proven.ms)}; ${tokens}${stopped}.`
    } catch (error) {
      const watched = await watch?.stop()
      const first = await watch?.first
      if (!watched || watched.failures === 0 || first !== 'token' || context.signal.aborted) throw error
      throw withDetail(error, `Until this failed, ${tokensMeanwhile(first, watched, undefined)}.`)
    }
  },

  async verify(input, { machine }) {
    const look = await lookAtSigning(machine, input, keyOf(await readPfxKey(machine, input.pfx)))
    if (look.state === 'proven')
      return `${look.kid} is published${look.withoutToken ? '' : ' and signs a token'}`
    throw look.state === 'other-key' ? otherKey(input, look.published) : new SetupError(look.problem)
  },

  /** What reads the service’s files must not do so while they change. */
  async undo({ before, service }, { machine }) {
    await stopService(machine, before)
    return `${nameOf(service.place)} is stopped until its former files are back.`
  },

  /** Only now: the former PFX is back. */
  async settle({ before, kids, service, pfx, patienceMs }, context) {
    const { machine } = context
    if (!(await startAgain(machine, before))) return `${nameOf(service.place)} did not run and stays stopped.`
    const wanted = await formerKey(machine, pfx, kids)
    try {
      const { kid } = await awaitSigning(context, service, wanted, patienceMs, { anew: true })
      return `${nameOf(service.place)} runs again and signs with ${kid}.`
    } catch (error) {
      if (kids.length > 0) throw error
      return `${nameOf(service.place)} is started again, and answers as little as before: ${problemOf(error).what}`
    }
  },
}

async function compare(machine: Machine, input: TakeUpInput): Promise<Found> {
  let wanted: WantedKey
  try {
    wanted = keyOf(await readPfxKey(machine, input.pfx))
  } catch (error) {
    const problem = problemOf(error)
    const evidence = [problem.what]
    return { state: problem.code === 'file.no-access' ? 'unknown' : 'differs', evidence }
  }
  const look = await lookAtSigning(machine, input, wanted)
  if (look.state === 'proven')
    return { state: 'as-wanted', evidence: [`The service signs with ${look.kid}.`] }
  if (look.state === 'other-key')
    return { state: 'differs', evidence: [`The service publishes ${look.published.join(', ')}.`] }
  const before = await serviceBefore(machine, input).catch(() => undefined)
  const stopped = before !== undefined && !ran(before)
  return {
    state: 'differs',
    evidence: [
      look.problem.what,
      ...(stopped ? [`${nameOf(input.place)} is stopped; it is started, and runs from then on.`] : []),
    ],
  }
}

function serviceOf({ localUrl, place, trust, settings, clientId, known }: SigningService): SigningService {
  return {
    localUrl,
    place,
    settings,
    clientId,
    ...(trust === undefined ? {} : { trust }),
    ...(known === undefined ? {} : { known }),
  }
}

/** Undefined where no secret of the client is known. */
async function watchTokens(machine: Machine, input: TakeUpInput): Promise<TokenWatch | undefined> {
  const secret = await clientSecretIn(machine, input)
  if (!secret) return undefined
  const trust = await trustIn(machine, input.trust)
  const { network, clock } = machine
  const { localUrl, clientId: id } = input
  return new TokenWatch(
    { network, clock, localUrl, client: { id, secret } },
    trust === undefined ? {} : { trust },
  )
}

/**
 * The key that the service has to sign with again: that of the PFX which is back, or one that it published before. An
 * image may hold another PFX than the one that lies beside it.
 */
async function formerKey(machine: Machine, pfx: string, kids: readonly string[]): Promise<WantedKey> {
  const inFile = await readPfxKey(machine, pfx).then(keyOf, () => undefined)
  const isKnown = inFile !== undefined || kids.length > 0
  return (set) =>
    inFile?.(set) ?? set.keys.find(({ kid }) => !isKnown || (kid !== undefined && kids.includes(kid)))
}
