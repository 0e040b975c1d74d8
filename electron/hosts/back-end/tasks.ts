import { SetupError } from '../../contract/problem.ts'
import type { RunEvent } from '../../contract/run.ts'
import type { BundleView } from '../../contract/views.ts'
import { lookAtBundle } from '../../windows/bundle.ts'
import { locked, refuseWhileRunning, startRun } from './run.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** Small setups from a button: a fix for a prerequisite, the log switched off. They run to their end and are taken back when they fail. */
export function taskHandlers(state: WizardState): Pick<Handlers, 'task.run' | 'bundle.look'> {
  const { session } = state
  return {
    'bundle.look': async ({ file, draft }): Promise<BundleView> => {
      const machine = session.machineOf({ practice: draft['practice'] === true })
      const { product, version, signer, signature, trusted, hostingBundle } = await lookAtBundle(
        machine,
        file,
      )
      const refused = !trusted
        ? `It has no valid signature of Microsoft (${signature || 'none'}).`
        : hostingBundle
          ? undefined
          : 'It is not a hosting bundle of ASP.NET Core.'
      return {
        file,
        product,
        version,
        ...(signer === '' ? {} : { signer }),
        trusted,
        ...(refused === undefined ? {} : { refused }),
      }
    },

    'task.run': ({ operation, task, practice }) =>
      state.operation(operation, async (signal) => {
        refuseWhileRunning(state)
        const planned = await session.prepareTask(task, practice)
        const found = await session.inspect(planned)
        const blocked = planned.plan.steps.find(({ id }) => found.get(id)?.state === 'foreign')
        if (blocked) throw notOurs(found.get(blocked.id)?.evidence ?? [])
        const recorded = [...found.values()].some(({ state: each }) => each !== 'as-wanted')
        // Its progress is told by its own name: the run of the wizard, if there is one, is another.
        const tell = (event: RunEvent) => {
          const text = event.type === 'progress' ? event.text : event.type === 'step' ? event.step.title : ''
          if (text !== '') state.emit({ topic: 'working', operation, text })
        }
        const run = await startRun(state, planned, { recorded }, tell)
        const stop = () => run.stop()
        signal.addEventListener('abort', stop)
        await locked(state, async () => async () => {
          const outcome = await run.go()
          return outcome === 'failed' ? run.rollBack() : outcome
        })
        await state.running
        signal.removeEventListener('abort', stop)
        return run.view
      }),
  }
}

function notOurs(evidence: readonly string[]): SetupError {
  return new SetupError({
    code: 'step.foreign',
    what: 'This would change something that this program did not make.',
    ...(evidence[0] === undefined ? {} : { cause: evidence[0] }),
    next: 'Make the change by hand.',
    untouched: 'Nothing was changed.',
  })
}
