import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { appcmd, listObjects, nameOf, wentWell } from './appcmd.ts'
import { appcmdFailed, EXIT, mayPass, notTakenUp } from './appcmd-problem.ts'
import { attribute, type ConfigElement, same } from './config-element.ts'

/** `Unknown` is what IIS says of everything while its services are stopped; it is not the same as stopped. */
export type RunState = 'Started' | 'Stopped' | 'Starting' | 'Stopping' | 'Unknown'

/** What can be started. */
type Kind = 'apppool' | 'site'
type Order = 'start' | 'stop' | 'recycle'

const WORDS: Readonly<Record<Kind, string>> = { apppool: 'application pool', site: 'site' }
const STATES: readonly string[] = ['Started', 'Stopped', 'Starting', 'Stopping']

/** A worker process gets 90 seconds to end by IIS's own default (`shutdownTimeLimit`). */
const STOP_MS = 150_000
/** Something that was just created is taken up by the services of IIS within a second or two. */
const TRIES = 10
const PAUSE_MS = 500

/** The run state an object was listed with. */
export function stateOf(object: ConfigElement): RunState {
  const state = attribute(object, 'state') ?? ''
  return STATES.includes(state) ? (state as RunState) : 'Unknown'
}

/**
 * Starts a pool or site. One that runs already is not an error; whether it then runs is judged by its state.
 * Rejects with `iis.missing`, `iis.was-stopped`, `iis.port-taken`, `iis.not-started`, ...
 */
export async function startObject(machine: Machine, kind: Kind, name: string, signal?: AbortSignal) {
  await bringTo(machine, { kind, name, order: 'start', wanted: 'Started' }, signal)
}

/**
 * Stops a pool or site and waits until its worker process has ended, two minutes and a half at most. Nothing to stop
 * is not an error, and neither is that the services of IIS are stopped as a whole.
 */
export async function stopObject(machine: Machine, kind: Kind, name: string, signal?: AbortSignal) {
  const state = await runState(machine, kind, name)
  if (state === undefined || state === 'Unknown') return
  await bringTo(machine, { kind, name, order: 'stop', wanted: 'Stopped' }, signal)
}

/** Gives a pool new worker processes; one that is stopped is started. */
export async function recycleObject(machine: Machine, name: string, signal?: AbortSignal): Promise<void> {
  if ((await runState(machine, 'apppool', name)) !== 'Started')
    return startObject(machine, 'apppool', name, signal)
  const result = await command(machine, 'recycle', 'apppool', name, signal)
  if (wentWell(result)) return
  if (!mayPass(result)) throw await failure(machine, { kind: 'apppool', name, order: 'recycle' }, result)
  // Whether a call that was cut off had its effect cannot be seen; a second recycling does no harm.
  const again = await command(machine, 'recycle', 'apppool', name, signal)
  if (!wentWell(again)) throw await failure(machine, { kind: 'apppool', name, order: 'recycle' }, again)
}

interface Aim {
  readonly kind: Kind
  readonly name: string
  readonly order: 'start' | 'stop'
  readonly wanted: 'Started' | 'Stopped'
}

/**
 * Starting what is started is an error to appcmd, and so is starting what its services have not taken up yet. So the
 * state is read before and after each try, and decides.
 */
async function bringTo(machine: Machine, aim: Aim, signal: AbortSignal | undefined): Promise<void> {
  const { kind, name, order, wanted } = aim
  const until = machine.clock.monotonic() + STOP_MS
  let last: SetupError | undefined
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await machine.clock.sleep(PAUSE_MS, signal)
    let state = await currentState(machine, kind, name)
    // It is on its way, by this order or another; asking once more would be answered with an error.
    while (state === PASSING[wanted] && machine.clock.monotonic() < until) {
      await machine.clock.sleep(PAUSE_MS, signal)
      state = await currentState(machine, kind, name)
    }
    if (state === wanted) return
    const result = await command(machine, order, kind, name, signal)
    if ((await currentState(machine, kind, name)) === wanted) return
    if (wentWell(result)) continue
    last = await failure(machine, aim, result)
    if (!mayPass(result) && !notTakenUp(result)) throw last
  }
  throw last ?? notReached(aim)
}

const PASSING = { Started: 'Starting', Stopped: 'Stopping' } as const

async function currentState(machine: Machine, kind: Kind, name: string): Promise<RunState> {
  const state = await runState(machine, kind, name)
  if (state !== undefined) return state
  throw new SetupError({
    code: 'iis.missing',
    what: `There is no ${WORDS[kind]} “${name}” in IIS.`,
    next: 'Look at the sites and application pools in IIS Manager, then try again.',
  })
}

/** Without the configuration, and so without a password. */
async function runState(machine: Machine, kind: Kind, name: string): Promise<RunState | undefined> {
  const found = (await listObjects(machine, kind)).find((object) => same(nameOf(object), name))
  return found && stateOf(found)
}

function command(machine: Machine, order: Order, kind: Kind, name: string, signal: AbortSignal | undefined) {
  return appcmd(machine, [order, kind, name], { timeoutMs: STOP_MS, ...(signal ? { signal } : {}) })
}

/**
 * Unverified on a real server: a site whose binding another site already serves answers 183 when it is started, and
 * one whose port another program has answers 32.
 */
function failure(
  machine: Machine,
  { kind, name, order }: Pick<Aim, 'kind' | 'name'> & { readonly order: Order },
  result: { readonly exitCode: number; readonly stdout: string; readonly stderr: string },
): Promise<SetupError> {
  const done = { start: 'started', stop: 'stopped', recycle: 'recycled' }[order]
  const taken = order === 'start' && result.exitCode === EXIT.duplicate
  const exitCode = taken ? EXIT.sharingViolation : result.exitCode
  return appcmdFailed(machine, `The ${WORDS[kind]} “${name}” was not ${done}.`, [order, kind, name], {
    ...result,
    exitCode,
  })
}

function notReached({ kind, name, order }: Aim): SetupError {
  return new SetupError({
    code: order === 'start' ? 'iis.not-started' : 'iis.not-stopped',
    what: `The ${WORDS[kind]} “${name}” did not ${order}, although IIS took the order.`,
    next: 'Look into the System event log for errors of WAS and W3SVC, then try again.',
  })
}
