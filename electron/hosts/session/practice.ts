import { join } from 'node:path'
import type { Answers } from '../../contract/answers.ts'
import type { Machine } from '../../machine/machine.ts'
import { postgresInBackground } from '../../practice/background-postgres.ts'
import { preparePractice } from '../../practice/environment.ts'
import { stopPostgres } from '../../practice/postgres.ts'
import { stopPracticeSites } from '../../practice/windows/machine.ts'
import { exampleAnswers } from '../../scenarios/new-installation/example.ts'
import type { PracticeFacts } from '../../scenarios/new-installation/facts.ts'
import { hiddenParts } from '../../database/connection/hidden-parts.ts'
import type { Redactor } from '../../secrets/redactor.ts'
import { practiceWindowsFolder } from './practice-machine.ts'
import { practiceDatabaseScript } from './scripts.ts'

export interface PracticeEnvironment {
  readonly facts: PracticeFacts
  /** What a first practice run starts from. */
  readonly answers: Answers
  /** Stops the practice service and its database; what they wrote stays. */
  stop(): Promise<void>
}

/** Makes ready what a practice run needs on a machine where nothing is installed: archive, Creatio folder, database. */
export async function startPractice(
  machine: Machine,
  stateFolder: string,
  redactor: Redactor,
): Promise<PracticeEnvironment> {
  const practice = await preparePractice(
    machine,
    stateFolder,
    postgresInBackground(machine, practiceDatabaseScript),
  )
  redactor.register(...hiddenParts(practice.connectionString))
  const example = exampleAnswers('practice', machine.platform)
  return {
    facts: {
      archive: practice.archive,
      connectionString: practice.connectionString,
    },
    answers: {
      ...example,
      service: { source: practice.archive, target: practice.targetSuggestion },
      creatio: { folder: practice.creatioFolder },
      database: { from: 'creatio' },
      website: { ...example.website!, http: { port: practice.servicePort } },
    },
    async stop() {
      await stopPracticeSites(machine, practiceWindowsFolder(stateFolder))
      await practice.stop()
    },
  }
}

/** Stops what a practice run left running; what it wrote stays. False when there never was one. */
export async function stopPractice(machine: Machine, stateFolder: string): Promise<boolean> {
  const folder = join(stateFolder, 'practice')
  if (!(await machine.files.info(folder))) return false
  await stopPracticeSites(machine, practiceWindowsFolder(stateFolder))
  await stopPostgres(join(folder, 'postgres'))
  return true
}
