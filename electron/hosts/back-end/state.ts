import type { Answers } from '../../contract/answers.ts'
import type { PageEvent } from '../../contract/calls.ts'
import type { CheckReport } from '../../contract/check.ts'
import type { DatabaseDrivers } from '../../contract/database.ts'
import { SetupError } from '../../contract/problem.ts'
import type { RunEvent } from '../../contract/run.ts'
import type { Machine } from '../../machine/machine.ts'
import type { DatabaseTarget } from '../../database/target.ts'
import { databaseOf } from '../../scenarios/new-installation/database-facts.ts'
import type { DatabaseSources } from '../../scenarios/new-installation/database-sources.ts'
import { newDatabaseOf, type NewDatabaseWish } from '../../scenarios/new-installation/new-database-facts.ts'
import { describeSource } from '../../service/describe.ts'
import type { Journal } from '../../setup/journal.ts'
import type { Found } from '../../setup/step.ts'
import type { RunHandle } from '../session/runner.ts'
import { startPractice, type PracticeEnvironment } from '../session/practice.ts'
import type { Prepared } from '../session/prepared.ts'
import { Session } from '../session/session.ts'
import { Elevation } from '../worker/elevation.ts'
import type { BackEndOptions, Shell } from './types.ts'

/** What a wizard in use holds behind its pages: one session, at most one plan, one run, one practice. */
export class WizardState {
  readonly machine: Machine
  readonly shell: Shell
  readonly session: Session
  readonly elevation: Elevation
  prepared: Prepared | undefined
  found: ReadonlyMap<string, Found> = new Map()
  run: RunHandle | undefined
  /** Settles when what the run does now has ended. */
  running: Promise<unknown> = Promise.resolve()
  proof: readonly CheckReport[] = []
  /** The journal of an interrupted run that the installer has chosen to go on with. */
  continued: Journal | undefined
  /** The folders that the Service files page looked at last. */
  looked: { readonly source: string; readonly target: string } | undefined
  readonly #listeners = new Set<(event: PageEvent) => void>()
  readonly #operations = new Map<string, AbortController>()
  readonly #drivers = new Map<string, Promise<DatabaseDrivers | undefined>>()
  #practice: Promise<PracticeEnvironment> | undefined

  constructor({ shell, machine, stateFolder }: BackEndOptions) {
    this.shell = shell
    this.machine = machine
    this.session = new Session({ machine, stateFolder, environment: process.env })
    this.elevation = new Elevation({ session: this.session })
  }

  onEvent(listener: (event: PageEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly runListener = (event: RunEvent): void => this.emit({ topic: 'run', event })

  emit(event: PageEvent): void {
    const redacted = this.session.redactor.redactData(event)
    for (const listener of this.#listeners) listener(redacted)
  }

  /** Runs something that the page can cancel by the name it gave it. */
  async operation<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.cancel(name)
    const controller = new AbortController()
    this.#operations.set(name, controller)
    try {
      return await work(controller.signal)
    } finally {
      if (this.#operations.get(name) === controller) this.#operations.delete(name)
    }
  }

  cancel(name: string): void {
    this.#operations.get(name)?.abort()
  }

  /** The practice run's archive, folders and database; made ready once. */
  async practice(): Promise<PracticeEnvironment> {
    const { machine, session } = this
    this.#practice ??= startPractice(machine, session.stateFolder, session.redactor)
    try {
      return await this.#practice
    } catch (error) {
      this.#practice = undefined
      throw error
    }
  }

  /** The practice that answers need, if they ask for one. */
  async practiceFor({
    practice,
  }: {
    readonly practice?: boolean | undefined
  }): Promise<PracticeEnvironment | undefined> {
    return practice === true ? this.practice() : undefined
  }

  /** The database that answers name, as this machine reaches it. Rejects as the function of that name does. */
  async databaseOf(answers: Answers): Promise<DatabaseTarget> {
    return databaseOf(answers, await this.#databaseSources(answers))
  }

  /** The database that answers want made; undefined where they name one that is there. Rejects likewise. */
  async newDatabaseOf(answers: Answers): Promise<NewDatabaseWish | undefined> {
    const { database } = answers
    if (database.from !== 'new') return undefined
    return newDatabaseOf(database, await this.#databaseSources(answers))
  }

  async #databaseSources(answers: Answers): Promise<DatabaseSources> {
    const { machine, session } = this
    const practice = await this.practiceFor(answers)
    const drivers = await this.driversOf(answers.service.source ?? practice?.facts.archive ?? '')
    return {
      machine,
      ...(drivers ? { drivers } : {}),
      references: session.references,
      vault: session.vault,
      hide: (...secrets) => session.redactor.register(...secrets),
      ...(practice ? { practice: practice.facts.connectionString } : {}),
    }
  }

  /** The drivers in a source of the service; what was read once is kept. Undefined where the source cannot be read. */
  driversOf(source: string): Promise<DatabaseDrivers | undefined> {
    const known = this.#drivers.get(source)
    if (known) return known
    const read = describeSource(this.machine, source).then(
      ({ drivers }) => drivers,
      () => {
        this.#drivers.delete(source)
        return undefined
      },
    )
    this.#drivers.set(source, read)
    return read
  }

  currentRun(): RunHandle {
    if (this.run) return this.run
    throw new SetupError({
      code: 'run.none',
      what: 'No setup is running.',
      next: 'Start it from the review page.',
      untouched: 'Nothing was changed.',
    })
  }

  /** Ends what goes on: the run after its current step, the practice with the program. */
  async close(): Promise<void> {
    for (const controller of this.#operations.values()) controller.abort()
    this.run?.stop()
    await this.running
    this.elevation.close()
    await (await this.#practice?.catch(() => undefined))?.stop()
  }
}
