import { ANSWERS_VERSION, setupSchema } from '../../contract/answers.ts'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { readAnswers } from '../../setup/answers.ts'
import { interruptedRuns, type Journal } from '../../setup/journal.ts'
import { lockRuns } from '../../setup/lock.ts'
import type { Vault } from '../../secrets/vault.ts'
import { lookAtToken } from '../../windows/token.ts'
import type { RunHandle } from '../session/runner.ts'
import { takeBackRun } from '../session/take-back.ts'
import { locked, refuseWhileRunning } from './run.ts'
import { handOver } from './saving.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

type AnswerCalls =
  | 'answers.save'
  | 'answers.open'
  | 'practice.start'
  | 'interrupted.resume'
  | 'interrupted.rollback'
  | 'interrupted.discard'

/** Where answers come from and go to, other than the pages: files, the practice run, interrupted setups. */
export function answerHandlers(state: WizardState): Pick<Handlers, AnswerCalls> {
  const { machine, session, shell } = state
  return {
    'answers.save': async ({ draft }) => {
      // Which certificate was found here is no wish: it would keep the answers from replacing another one.
      const { replaces: _replaces, ...wishes } = draft
      const text = `${JSON.stringify(withoutVault(wishes), undefined, 2)}\n`
      return handOver(
        state,
        'identity-setup-answers.json',
        'json',
        Buffer.from(session.redactor.redact(text)),
      )
    },

    'answers.open': async ({ path, content }) => {
      const file = content === undefined ? (path ?? (await shell.chooseFile('answers'))) : undefined
      if (file === null) return null
      const text = content ?? Buffer.from((await machine.files.read(file!)) ?? []).toString('utf8')
      const read = readAnswers(text, setupSchema, ANSWERS_VERSION, file)
      if ('problems' in read) throw new SetupError(read.problems[0]!)
      return read.answers
    },

    'practice.start': ({ operation }) =>
      state.operation(operation, async () => {
        state.emit({ topic: 'working', operation, text: 'Starting the practice database' })
        return (await state.practice()).answers
      }),

    'interrupted.resume': async ({ id }) => {
      const journal = await interrupted(state, id)
      const { answers } = session.resumed(journal)
      state.continued = journal
      await state.practiceFor(answers)
      return withoutLost(answers, session.vault)
    },

    'interrupted.rollback': async ({ id }) => {
      const journal = await interrupted(state, id)
      await locked(state, async () => {
        const run = await reopened(state, journal)
        state.run = run
        return () => run.rollBack()
      })
      return state.currentRun().view
    },

    'interrupted.discard': async ({ id }) => {
      refuseWhileRunning(state)
      // One that another window or command carries out right now looks interrupted as well.
      const release = await lockRuns(machine, session.stateFolder, process.pid)
      try {
        const journal = await interrupted(state, id)
        await journal.add({ type: 'end', at: machine.clock.now().toISOString(), outcome: 'discarded' })
      } finally {
        await release()
      }
      return null
    },
  }
}

/** An interrupted run, to be taken back: here, or by a worker when it had one. */
async function reopened(
  { session, elevation, runListener }: WizardState,
  journal: Journal,
): Promise<RunHandle> {
  const { id, practice } = journal.head
  const machine = session.machineOf({ practice })
  if (await needsElevation(machine, journal)) return elevation.reopen(id, practice, runListener)
  return takeBackRun(session, journal, runListener)
}

/** What was changed in Windows is changed back with the same rights. */
async function needsElevation(machine: Machine, { head }: Journal): Promise<boolean> {
  const { task } = (head.answers ?? {}) as { readonly task?: unknown }
  const windows = head.steps.some(({ group }) => group === 'website' || group === 'windows')
  if (!machine.windows || (!windows && task === undefined)) return false
  return !(await lookAtToken(machine)).elevated
}

async function interrupted({ machine, session }: WizardState, id: string): Promise<Journal> {
  const { journals } = await interruptedRuns(machine, session.stateFolder)
  const journal = journals.find(({ head }) => head.id === id)
  if (journal) return journal
  throw new SetupError({
    code: 'journal.gone',
    what: 'This interrupted setup is no longer there.',
    next: 'Go back to the start page and look again.',
  })
}

/**
 * A program that was ended took the secrets typed into it along: they have to be typed again. The client's is found in
 * what was written, or nobody knows it yet.
 */
function withoutLost<T>(value: T, vault: Vault): T {
  const kept = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'string' || !item.startsWith('vault:') || vault.get(item.slice(6))) return item
    return item === 'vault:client.secret' ? 'generate' : ''
  })
  return JSON.parse(kept) as T
}

/** A saved file must not point into this window: secrets it held become environment variables to be set. */
function withoutVault(value: unknown, path: readonly string[] = []): unknown {
  if (typeof value === 'string' && value.startsWith('vault:'))
    return value === 'vault:client.secret'
      ? 'generate'
      : `env:IDENTITY_SETUP_${path.join('_').toUpperCase().replaceAll(/\W/g, '_')}`
  if (Array.isArray(value)) return value.map((item) => withoutVault(item, path))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutVault(item, [...path, key])]),
  )
}
