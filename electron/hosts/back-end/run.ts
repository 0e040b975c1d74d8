import type { CheckReport } from '../../contract/check.ts'
import { SetupError } from '../../contract/problem.ts'
import type { RunEvent, RunOutcome } from '../../contract/run.ts'
import { lockRuns } from '../../setup/lock.ts'
import { interruptedRunOf } from '../session/interrupted.ts'
import { proveInstallation } from '../session/proof.ts'
import type { Journal } from '../../setup/journal.ts'
import type { RunHandle } from '../session/runner.ts'
import type { Planned, Prepared } from '../session/prepared.ts'
import { installationOf } from '../session/scenarios.ts'
import { ElevatedRun } from '../worker/elevated-run.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

type RunCalls = 'run.start' | 'run.look' | 'run.stop' | 'run.retry' | 'run.rollback' | 'proof.start'

/** From “Install” to the proof. Each call answers at once; what happens comes as events. */
export function runHandlers(state: WizardState): Pick<Handlers, RunCalls> {
  const { session } = state
  return {
    'run.start': async ({ plan }) => {
      const prepared = reviewed(state, plan)
      refuseWhileRunning(state)
      await locked(state, async () => {
        state.proof = []
        const recorded = [...state.found.values()].some(({ state: found }) => found !== 'as-wanted')
        // Also when nothing is left to do: a run that was ended just before its last word is over now.
        const continued = state.continued ?? (await interruptedRunOf(session, prepared.answers))
        const run = await startRun(state, prepared, { recorded, ...(continued ? { continued } : {}) })
        state.run = run
        state.continued = undefined
        return () => run.go()
      })
      return state.currentRun().view
    },

    'run.look': async () => state.run?.view ?? null,

    'run.stop': async () => {
      const run = state.currentRun()
      run.stop()
      return run.view
    },

    'run.retry': async () => {
      const run = state.currentRun()
      refuseWhileRunning(state)
      await locked(state, async () => () => run.go())
      return run.view
    },

    'run.rollback': async () => {
      const run = state.currentRun()
      refuseWhileRunning(state)
      await locked(state, async () => () => run.rollBack())
      return run.view
    },

    'proof.start': ({ operation }) =>
      state.operation(operation, async (signal) => {
        const prepared = preparedOrThrow(state)
        const onCheck = (check: CheckReport) => state.emit({ topic: 'check', operation, check })
        if (state.run instanceof ElevatedRun) state.proof = await state.elevation.prove(prepared, onCheck)
        else {
          const installation = await installationOf(session, prepared)
          state.proof = await proveInstallation(session, installation, { signal, onCheck })
        }
        return state.proof
      }),
  }
}

/**
 * Starts something that no other setup on this machine may run beside, and answers while it goes on. The lock is
 * given back when it ends, and when it cannot be started.
 */
export async function locked(
  state: WizardState,
  prepare: () => Promise<() => Promise<RunOutcome>>,
): Promise<void> {
  const release = await lockRuns(state.machine, state.session.stateFolder, process.pid)
  try {
    const start = await prepare()
    state.running = start().finally(release)
  } catch (error) {
    await release()
    throw error
  }
}

/**
 * A run of a plan whose events go to the page. Where this process has not the rights for it, an elevated worker carries
 * it out. @throws as {@link Elevation.start}; nothing was changed then
 */
export async function startRun(
  state: WizardState,
  planned: Planned,
  options: { readonly recorded: boolean; readonly continued?: Journal },
  listener: (event: RunEvent) => void = state.runListener,
): Promise<RunHandle> {
  const { session, elevation, prepared, found } = state
  // Nobody is asked for rights when there is nothing to change.
  if (planned.plan.elevation !== 'asked' || !options.recorded) return session.run(planned, listener, options)
  const seen = session.view(planned, planned === prepared ? found : new Map())
  return elevation.start(planned, seen, listener, options.continued?.head.id)
}

/** The plan that the page shows must be the one that is carried out. */
function reviewed(state: WizardState, id: string): Prepared {
  const prepared = preparedOrThrow(state)
  if (prepared.id === id) return prepared
  throw new SetupError({
    code: 'plan.outdated',
    what: 'The plan on the page is not the latest one.',
    next: 'Look at the review page again, then install.',
    untouched: 'Nothing was changed.',
  })
}

export function preparedOrThrow({ prepared }: WizardState): Prepared {
  if (prepared) return prepared
  throw new SetupError({
    code: 'plan.none',
    what: 'There is no plan yet.',
    next: 'Go to the review page first.',
    untouched: 'Nothing was changed.',
  })
}

/** @throws SetupError `run.busy` */
export function refuseWhileRunning({ run }: WizardState): void {
  const status = run?.view.status
  if (status !== 'running' && status !== 'stopping' && status !== 'undoing') return
  throw new SetupError({
    code: 'run.busy',
    what: 'A setup is running.',
    next: 'Wait until it has ended.',
    untouched: 'Nothing was changed.',
  })
}
