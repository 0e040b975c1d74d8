import { expect } from 'vitest'
import type { SetupAnswers } from '../../electron/contract/answers.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import type { RunEvent } from '../../electron/contract/run.ts'
import { goingOn } from '../../electron/hosts/cli/go-on.ts'
import { interruptedRunOf } from '../../electron/hosts/session/interrupted.ts'
import type { Prepared } from '../../electron/hosts/session/prepared.ts'
import { Session } from '../../electron/hosts/session/session.ts'
import { takeBackRun } from '../../electron/hosts/session/take-back.ts'
import type { Machine } from '../../electron/machine/machine.ts'
import { recordedRuns, type Journal } from '../../electron/setup/journal.ts'

type PreparedFor<S extends Prepared['scenario']> = Extract<Prepared, { readonly scenario: S }>

/** One process's life with answers of a scenario: check, plan, run, the way the command line goes. */
export class ScenarioLife<S extends Prepared['scenario']> {
  readonly session: Session
  readonly events: RunEvent[] = []
  readonly #scenario: S

  constructor(
    scenario: S,
    { machine, stateFolder }: { readonly machine: Machine; readonly stateFolder: string },
    secrets: Readonly<Record<string, string>> = {},
  ) {
    this.#scenario = scenario
    this.session = new Session({ machine, stateFolder, environment: {} })
    for (const [name, secret] of Object.entries(secrets)) this.session.vault.put(name, secret)
  }

  /** As far as a plan; or why there is none. */
  async tryToPrepare(
    answers: SetupAnswers,
  ): Promise<{ readonly prepared: PreparedFor<S> } | { readonly problems: readonly Problem[] }> {
    const checked = this.session.check(answers)
    if ('problems' in checked) return checked
    const made = await this.session.prepare(checked.answers)
    if ('problems' in made) return made
    if (made.prepared.scenario !== this.#scenario) throw new Error(made.prepared.scenario)
    return { prepared: made.prepared as PreparedFor<S> }
  }

  async prepare(answers: SetupAnswers): Promise<PreparedFor<S>> {
    const result = await this.tryToPrepare(answers)
    if ('problems' in result) throw new Error(JSON.stringify(result.problems, undefined, 1))
    return result.prepared
  }

  /** The run that the command line would make: it goes on with an interrupted one. */
  async run(answers: SetupAnswers, prepared?: PreparedFor<S>) {
    const continued = await interruptedRunOf(this.session, answers)
    const made = prepared ?? (await this.prepare(goingOn(answers, continued)))
    const wishes = { ...(continued ? { continued } : {}), recorded: true }
    return this.session.run(made, (event) => this.events.push(event), wishes)
  }

  /** Carries it out, which has to succeed. Returns the plan with the run. */
  async carryOut(answers: SetupAnswers) {
    const prepared = await this.prepare(answers)
    const run = await this.run(answers, prepared)
    expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
    return { prepared, run }
  }

  /** The summary of a step that was carried out. */
  summaryOf(step: string): string {
    const found = this.events.findLast(
      (event) => event.type === 'step' && event.step.id === step && event.step.state === 'done',
    )
    return (found?.type === 'step' && found.step.summary) || ''
  }

  /** Takes back the newest run that has something left, as `undo` does; undefined when there is none. */
  async undoNewest(): Promise<Journal | undefined> {
    const { journals } = await recordedRuns(this.session.machine, this.session.stateFolder)
    const [newest] = journals.filter(
      (journal) =>
        (journal.head.answers as { scenario?: string } | undefined)?.scenario === this.#scenario &&
        journal.undoEntries().length > 0,
    )
    if (!newest) return undefined
    const run = await takeBackRun(this.session, newest, () => {})
    expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
    return newest
  }
}
