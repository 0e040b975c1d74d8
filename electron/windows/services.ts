import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { notUnderstood, runTool, toolFailed } from './tool.ts'

export type ServiceState =
  'stopped' | 'start-pending' | 'stop-pending' | 'running' | 'continue-pending' | 'pause-pending' | 'paused'

/** By SERVICE_STATUS.dwCurrentState: https://learn.microsoft.com/windows/win32/api/winsvc/ns-winsvc-service_status */
const STATES: readonly (ServiceState | undefined)[] = [
  undefined,
  'stopped',
  'start-pending',
  'stop-pending',
  'running',
  'continue-pending',
  'pause-pending',
  'paused',
]

/** The words behind the numbers are the same in every language; the labels before them are not. */
const STATE =
  /:\s*([1-7])\s+(?:STOPPED|START_PENDING|STOP_PENDING|RUNNING|CONTINUE_PENDING|PAUSE_PENDING|PAUSED)\b/
const NO_SUCH_SERVICE = 1060

/** What a service does now, or undefined where there is none of that name. Rejects with `windows.service-unreadable`. */
export async function serviceState(machine: Machine, name: string): Promise<ServiceState | undefined> {
  const args = ['query', name]
  const result = await runTool(machine, 'sc', args)
  if (result.exitCode === NO_SUCH_SERVICE) return undefined
  if (result.exitCode !== 0)
    throw toolFailed('sc', args, result, {
      code: 'windows.service-unreadable',
      what: `Windows did not say whether the service ${name} runs.`,
      next: `Run “sc query ${name}” at a command prompt and check what it says.`,
    })
  const state = STATES[Number(STATE.exec(result.stdout)?.[1] ?? 0)]
  if (state === undefined) throw notUnderstood('sc', args, result)
  return state
}

/** Stop and start of IIS may wait for requests and worker processes: 90 seconds by default, for each pool at once. */
const CONTROL_MS = 180_000
const SETTLE_MS = 60_000
const POLL_MS = 500

/**
 * They depend on WAS as IIS does and are stopped with it, but no start of IIS starts them again.
 * https://learn.microsoft.com/dotnet/framework/wcf/feature-details/hosting-in-windows-process-activation-service
 */
const ACTIVATORS = ['NetTcpActivator', 'NetPipeActivator', 'NetMsmqActivator']

/**
 * Stops WAS with all that depends on it and starts IIS again, so that IIS sees a module and a search path that
 * were installed meanwhile. Every site of this server is away for that time. What ran before runs afterwards.
 *
 * Once it has begun it cannot be cancelled. Rejects with `windows.iis-not-stopped` (IIS runs as before) and
 * `windows.iis-not-started`.
 * https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/hosting-bundle
 */
export async function restartIis(machine: Machine, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  const activators = await running(machine, ACTIVATORS)
  // What it says is translated and 2 means many things: the state that it leaves is what counts.
  const stop = await control(machine, ['stop', 'was', '/y'])
  const stopped = (await settled(machine, 'WAS')) === 'stopped'
  for (const name of ['w3svc', ...activators]) await control(machine, ['start', name])

  const missing = []
  for (const name of ['W3SVC', ...activators])
    if ((await settled(machine, name)) !== 'running') missing.push(name)
  if (missing.length > 0) throw notStarted(missing)
  if (!stopped) throw notStopped(stop)
}

async function running(machine: Machine, names: readonly string[]): Promise<readonly string[]> {
  const found = []
  for (const name of names) if ((await serviceState(machine, name)) === 'running') found.push(name)
  return found
}

/** Whatever becomes of it, the caller looks at the state; what went wrong comes back as words. */
async function control(machine: Machine, args: readonly string[]): Promise<readonly string[]> {
  try {
    const result = await runTool(machine, 'net', args, { timeoutMs: CONTROL_MS })
    return [`net ended with exit code ${result.exitCode}`, result.stdout.trim(), result.stderr.trim()]
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    return [error.problem.what]
  }
}

/** The state of a service once it has got where it was going, or where it is after a minute. */
async function settled(machine: Machine, name: string): Promise<ServiceState | undefined> {
  const until = machine.clock.monotonic() + SETTLE_MS
  for (;;) {
    const state = await serviceState(machine, name)
    if (!state?.endsWith('-pending') || machine.clock.monotonic() >= until) return state
    await machine.clock.sleep(POLL_MS)
  }
}

function notStopped(words: readonly string[]): SetupError {
  return new SetupError({
    code: 'windows.iis-not-stopped',
    what: 'IIS was not restarted: the Windows Process Activation Service (WAS) did not stop.',
    next: 'Run “net stop was /y” and “net start w3svc” at an elevated command prompt, then try again.',
    untouched: 'IIS runs as before.',
    details: words.filter((line) => line !== ''),
  })
}

function notStarted(names: readonly string[]): SetupError {
  return new SetupError({
    code: 'windows.iis-not-started',
    what: `After the restart of IIS these services do not run: ${names.join(', ')}.`,
    next: `Start them with ${names.map((name) => `“net start ${name}”`).join(' and ')}; the System event log says why they stopped.`,
  })
}
