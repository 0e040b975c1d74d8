import { SetupError } from '../../contract/problem.ts'
import { installationIn } from '../../service/installation.ts'
import { lockRuns } from '../../setup/lock.ts'
import { interruptedRunOf } from '../session/interrupted.ts'
import { proveInstallation } from '../session/proof.ts'
import type { Prepared } from '../session/session.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

type RunCalls = 'run.start' | 'run.look' | 'run.stop' | 'run.retry' | 'run.rollback' | 'proof.start'

/** From “Install” to the proof. Each call answers at once; what happens comes as events. */
export function runHandlers(state: WizardState): Pick<Handlers, RunCalls> {
  const { machine, session } = state
  return {
    'run.start': async ({ plan }) => {
      const prepared = reviewed(state, plan)
      refuseWhileRunning(state)
      const release = await lockRuns(machine, session.stateFolder, process.pid)
      state.proof = []
      const recorded = [...state.found.values()].some(({ state: found }) => found !== 'as-wanted')
      const continued =
        state.continued ?? (recorded ? await interruptedRunOf(session, prepared.answers) : undefined)
      const options = { recorded, ...(continued ? { continued } : {}) }
      state.run = await session.run(prepared, state.runListener, options)
      state.continued = undefined
      state.running = state.run.go().finally(release)
      return state.run.view
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
      state.running = run.go()
      return run.view
    },

    'run.rollback': async () => {
      const run = state.currentRun()
      refuseWhileRunning(state)
      state.running = run.rollBack()
      return run.view
    },

    'proof.start': ({ operation }) =>
      state.operation(operation, async (signal) => {
        const { answers } = preparedOrThrow(state)
        const installation = await installationIn(machine, session.stateFolder, answers.service.target)
        state.proof = await proveInstallation(session, installation, {
          signal,
          onCheck: (check) => state.emit({ topic: 'check', operation, check }),
        })
        return state.proof
      }),
  }
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

function refuseWhileRunning({ run }: WizardState): void {
  const status = run?.view.status
  if (status !== 'running' && status !== 'stopping' && status !== 'undoing') return
  throw new SetupError({
    code: 'run.busy',
    what: 'A setup is running.',
    next: 'Wait until it has ended.',
    untouched: 'Nothing was changed.',
  })
}
