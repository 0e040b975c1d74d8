import { checkPrerequisites } from '../../checks/prerequisites/prerequisites.ts'
import type { PrerequisiteSubject } from '../../checks/prerequisites/subject.ts'
import { describeSource } from '../../service/describe.ts'
import { problemOf } from '../../contract/problem.ts'
import { lookAtEngine } from '../../docker/engine.ts'
import type { CheckReport } from '../../contract/check.ts'
import type { Prepared } from '../session/prepared.ts'
import { prerequisitesOf } from '../session/scenarios.ts'
import { lenient, type Draft } from './draft.ts'
import { hostname } from 'node:os'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** From what was typed to a plan: prerequisites as far as they can be looked at, then the whole. */
export function planHandlers(state: WizardState): Pick<Handlers, 'prerequisites.check' | 'plan.make'> {
  const { session } = state
  let plans = 0
  return {
    'prerequisites.check': ({ operation, draft }) =>
      state.operation(operation, async (signal) => {
        const run = {
          signal,
          onCheck: (check: CheckReport) => state.emit({ topic: 'check', operation, check }),
        }
        const whole = await wholeOf(state, draft)
        const checks = whole
          ? await prerequisitesOf(whole, run)
          : await checkPrerequisites(await subjectSoFar(state, draft), run)
        return session.redactChecks(checks)
      }),

    'plan.make': async ({ draft }) => {
      plans += 1
      const mine = plans
      const checked = session.check(draft)
      if ('problems' in checked) return checked
      const practice = await state.practiceFor(checked.answers)
      const result = await session.prepare(checked.answers, practice?.facts)
      if ('problems' in result) return result
      const found = await session.inspect(result.prepared)
      // Another one was asked for in the meantime, as after Back and Next: Install is to carry out that one.
      if (mine !== plans) return { plan: session.view(result.prepared, found) }
      state.prepared = result.prepared
      state.found = found
      try {
        // With a worker there, the installer reviews what is going to be done, not what can be seen without rights.
        const elevated = await state.elevation.review(result.prepared, state.continued?.head.id)
        return { plan: elevated ?? session.view(result.prepared, state.found) }
      } catch (error) {
        return { problems: [session.redactor.redactData(problemOf(error))] }
      }
    },
  }
}

/** The draft as a plan, once it is whole. */
async function wholeOf(state: WizardState, draft: Draft): Promise<Prepared | undefined> {
  const { session } = state
  const checked = session.check(draft)
  if ('problems' in checked) return undefined
  const practice = await state.practiceFor(checked.answers)
  const result = await session.prepare(checked.answers, practice?.facts)
  return 'prepared' in result ? result.prepared : undefined
}

/** What can be looked at of a new installation before all pages are filled in. */
async function subjectSoFar(state: WizardState, draft: Draft): Promise<PrerequisiteSubject> {
  const { session } = state
  const answers = lenient(draft, state.machine.platform)
  const machine = session.machineOf(answers)
  const practice = await state.practiceFor(answers)
  const source = await describeSource(machine, answers.service.source ?? practice?.facts.archive ?? '')
  const engineLook = answers.hosting === 'docker' ? await lookAtEngine(machine) : undefined
  const database =
    JSON.stringify(draft['database']) === JSON.stringify(answers.database)
      ? await state.databaseOf(answers).catch(() => undefined)
      : undefined
  return {
    machine,
    answers,
    source,
    ...(database ? { database } : {}),
    ...(engineLook?.engine ? { engine: engineLook.engine } : {}),
    ...(engineLook ? { engineLook } : {}),
    machineName: hostname(),
  }
}
