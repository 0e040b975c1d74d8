import { isAbsolute, join } from 'node:path'
import type { Problem } from '../../contract/problem.ts'
import { SetupError } from '../../contract/problem.ts'
import type { RunEvent } from '../../contract/run.ts'
import type { Machine } from '../../machine/machine.ts'
import { installationIn, readInstallation } from '../../service/installation.ts'
import { Journal, runsFolder } from '../../setup/journal.ts'
import { takeBackRun } from '../session/take-back.ts'
import { startPractice } from '../session/practice.ts'
import { proveInstallation } from '../session/proof.ts'
import type { Planned } from '../session/prepared.ts'
import { asMeant, folderIn } from '../session/scenarios.ts'
import { Session } from '../session/session.ts'
import { handedAnswers } from './hand-over.ts'
import type { PrepareMessage, ReopenMessage } from './messages.ts'
import type { WorkerPlan, WorkerPlans } from './plans.ts'

/** What a worker does with a session of its own: it believes nothing that it can look at by itself. */
export function sessionPlans(machine: Machine): WorkerPlans {
  let session: Session | undefined
  const open = (stateFolder: string, environment: Readonly<Record<string, string>>): Session => {
    if (!isAbsolute(stateFolder)) throw notAbsolute(stateFolder)
    return (session = new Session({ machine, stateFolder, environment }))
  }
  return {
    prepare({ stateFolder, practice, setup }) {
      if (setup.kind === 'task') return planTask(open(stateFolder, {}), setup.task, practice)
      const handed = handedAnswers(setup.answers, setup.secrets, setup.clientId)
      return planAnswers(open(stateFolder, handed.environment), setup, handed.answers)
    },
    async reopen({ stateFolder, journal: id }: ReopenMessage, onEvent) {
      const own = open(stateFolder, {})
      const journal = await Journal.open(machine, join(runsFolder(stateFolder), id))
      return takeBackRun(own, journal, onEvent)
    },
    redact: (problem) => session?.redactor.redactData(problem) ?? problem,
  }
}

type AnswersSetup = Extract<PrepareMessage['setup'], { readonly kind: 'answers' }>
type TaskSetup = Extract<PrepareMessage['setup'], { readonly kind: 'task' }>
type Planning = WorkerPlan | { readonly problems: readonly Problem[] }

async function planTask(session: Session, task: TaskSetup['task'], practice: boolean): Promise<WorkerPlan> {
  return planOf(session, await session.prepareTask(task, practice), undefined)
}

async function planAnswers(
  session: Session,
  { answers: asked, continued }: AnswersSetup,
  handed: Record<string, unknown>,
): Promise<Planning> {
  // What goes into the journal has to stand by itself: references as they were given.
  const request = session.check(asked)
  if ('problems' in request) return request
  const checked = session.check(handed)
  if ('problems' in checked) return checked
  const practice =
    checked.answers.practice === true
      ? await startPractice(session.machine, session.stateFolder, session.redactor)
      : undefined
  const result = await session.prepare(checked.answers, practice?.facts)
  if ('problems' in result) return result
  return planOf(
    session,
    { ...result.prepared, request: asMeant(request.answers, result.prepared) },
    continued,
  )
}

/** Looks at everything now; what is found then is what the run starts from. */
async function planOf(
  session: Session,
  planned: Planned,
  continued: string | undefined,
): Promise<WorkerPlan> {
  const found = await session.inspect(planned)
  const { machine, stateFolder } = session
  return {
    view: session.view(planned, found),
    async run(onEvent: (event: RunEvent) => void) {
      const journal =
        continued === undefined
          ? {}
          : { continued: await Journal.open(machine, join(runsFolder(stateFolder), continued)) }
      const recorded = [...found.values()].some(({ state }) => state !== 'as-wanted')
      return session.run(planned, onEvent, { recorded, ...journal })
    },
    async prove(onCheck) {
      const { request } = planned
      const installation =
        'scenario' in request
          ? await installationIn(machine, stateFolder, folderIn(request))
          : request.task === 'check-installation'
            ? await readInstallation(machine, stateFolder, request.installation)
            : undefined
      return installation ? proveInstallation(session, installation, { onCheck }) : []
    },
  }
}

function notAbsolute(folder: string): SetupError {
  return new SetupError({
    code: 'elevation.state-folder',
    what: 'The folder for journals is not named in full.',
    where: { file: folder },
    next: 'Set IDENTITY_SETUP_STATE to a full path, or leave it out.',
    untouched: 'Nothing was changed.',
  })
}
