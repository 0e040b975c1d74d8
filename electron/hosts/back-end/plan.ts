import { checkPrerequisites } from '../../checks/prerequisites/prerequisites.ts'
import type { PrerequisiteSubject } from '../../checks/prerequisites/subject.ts'
import { describeSource } from '../../service/describe.ts'
import { problemOf } from '../../contract/problem.ts'
import { lookAtEngine } from '../../docker/engine.ts'
import { prerequisiteSubject } from '../session/session.ts'
import { lenient, type Draft } from './draft.ts'
import { hostname } from 'node:os'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** From what was typed to a plan: prerequisites as far as they can be looked at, then the whole. */
export function planHandlers(state: WizardState): Pick<Handlers, 'prerequisites.check' | 'plan.make'> {
  const { session } = state
  return {
    'prerequisites.check': ({ operation, draft }) =>
      state.operation(operation, async (signal) => {
        const subject = await subjectOf(state, draft)
        const checks = await checkPrerequisites(subject, {
          signal,
          onCheck: (check) => state.emit({ topic: 'check', operation, check }),
        })
        return session.redactChecks(checks)
      }),

    'plan.make': async ({ draft }) => {
      const checked = session.check(draft)
      if ('problems' in checked) return checked
      const practice = await state.practiceFor(checked.answers)
      const result = await session.prepare(checked.answers, practice?.facts)
      if ('problems' in result) return result
      state.prepared = result.prepared
      state.found = await session.inspect(result.prepared)
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

/** What can be looked at already: all of it once the answers are whole, otherwise what the pages so far have said. */
async function subjectOf(state: WizardState, draft: Draft): Promise<PrerequisiteSubject> {
  const { session } = state
  const checked = session.check(draft)
  if ('answers' in checked) {
    const practice = await state.practiceFor(checked.answers)
    const result = await session.prepare(checked.answers, practice?.facts)
    if ('prepared' in result) return prerequisiteSubject(result.prepared)
  }
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
