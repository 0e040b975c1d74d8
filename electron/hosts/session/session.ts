import { randomUUID } from 'node:crypto'
import { ANSWERS_VERSION, setupSchema, type SetupAnswers } from '../../contract/answers.ts'
import type { CheckReport } from '../../contract/check.ts'
import type { PlanView } from '../../contract/plan.ts'
import { SetupError, type Problem } from '../../contract/problem.ts'
import type { Task } from '../../contract/tasks.ts'
import type { RunEvent } from '../../contract/run.ts'
import type { Machine } from '../../machine/machine.ts'
import { checkAnswers } from '../../setup/answers.ts'
import { Journal, type JournalHead } from '../../setup/journal.ts'
import { inspectPlan, viewPlan } from '../../setup/plan.ts'
import { Run } from '../../setup/run.ts'
import { SecretReferences } from '../../setup/secret-references.ts'
import type { Found } from '../../setup/step.ts'
import { planTask } from '../../scenarios/tasks/plan.ts'
import type { PracticeFacts } from '../../scenarios/new-installation/facts.ts'
import { Redactor } from '../../secrets/redactor.ts'
import { Vault } from '../../secrets/vault.ts'
import { steps } from '../../steps/registry.ts'
import { practiceMachine } from './practice-machine.ts'
import type { Planned, PreparedOrProblems } from './prepared.ts'
import { contradictionsIn, prepareScenario } from './scenarios.ts'

export interface SessionOptions {
  readonly machine: Machine
  readonly stateFolder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The next line of standard input; absent where secrets cannot come that way. */
  readonly nextLine?: () => Promise<string | undefined>
}

interface RunWishes {
  readonly continued?: Journal
  readonly recorded: boolean
  readonly found?: ReadonlyMap<string, Found>
}

/** What every door does with answers: check, gather, plan, run. It holds the secrets of one process. */
export class Session {
  /** The machine this program runs on, also while a practice run goes on. */
  readonly machine: Machine
  readonly stateFolder: string
  readonly redactor = new Redactor()
  readonly vault = new Vault(this.redactor)
  readonly references: SecretReferences
  #practiceMachine: Machine | undefined

  constructor({ machine, stateFolder, environment, nextLine }: SessionOptions) {
    this.machine = machine
    this.stateFolder = stateFolder
    this.references = new SecretReferences({
      machine,
      environment,
      vault: this.vault,
      nextLine: nextLine ?? (() => Promise.resolve(undefined)),
    })
  }

  /** The machine that answers or an installation are about: a practice run has a Windows of its own. */
  machineOf({ practice }: { readonly practice?: boolean | undefined }): Machine {
    if (practice !== true) return this.machine
    return (this.#practiceMachine ??= practiceMachine(this.machine, this.stateFolder))
  }

  /** Checks answers of any origin: schema first, then what contradicts itself. All problems at once. */
  check(
    data: unknown,
    file?: string,
  ): { readonly answers: SetupAnswers } | { readonly problems: readonly Problem[] } {
    const checked = checkAnswers(data, setupSchema, ANSWERS_VERSION, file)
    if ('problems' in checked) return checked
    const found = contradictionsIn(checked.answers)
    if (found.length === 0) return { answers: checked.answers }
    const place = file === undefined ? {} : { file }
    return { problems: found.map((problem) => ({ ...problem, where: { ...place, ...problem.where } })) }
  }

  /** Gathers facts, read only, and plans. What an answer cannot be carried out with comes as a problem. */
  async prepare(answers: SetupAnswers, practice?: PracticeFacts): Promise<PreparedOrProblems> {
    const { redactor, vault, references, stateFolder } = this
    const machine = this.machineOf(answers)
    try {
      const sources = { machine, redactor, vault, references, stateFolder, ...(practice ? { practice } : {}) }
      return { prepared: { id: randomUUID(), machine, ...(await prepareScenario(answers, sources)) } }
    } catch (error) {
      if (error instanceof SetupError) return { problems: [redactor.redactData(error.problem)] }
      throw error
    }
  }

  /** Plans a small setup. Rejects with what keeps it from being carried out. */
  async prepareTask(task: Task, practice: boolean): Promise<Planned> {
    const { redactor, stateFolder } = this
    const machine = this.machineOf({ practice })
    const plan = await planTask(task, { machine, redactor, stateFolder, practice })
    return { id: randomUUID(), request: task, plan, machine }
  }

  inspect({ plan, machine }: Planned): Promise<ReadonlyMap<string, Found>> {
    return inspectPlan(plan, steps, machine)
  }

  view({ plan, id }: Planned, found: ReadonlyMap<string, Found>): PlanView {
    return viewPlan(plan, id, steps, found, this.redactor)
  }

  /**
   * A run of a plan.
   * @param options `continued`: the journal of an interrupted run that it goes on with. `recorded`: false where
   *   inspection has shown that nothing is to be changed; such a run leaves no journal. `found`: what the steps
   *   found a moment ago.
   */
  async run(
    prepared: Planned,
    onEvent: (event: RunEvent) => void,
    { continued, recorded, found }: RunWishes,
  ): Promise<Run> {
    const { redactor } = this
    const { machine } = prepared
    const journal = continued ?? (await this.#newJournal(prepared, recorded))
    const known = found ? { found } : {}
    return new Run(prepared.plan, { machine, registry: steps, redactor, journal, onEvent, ...known })
  }

  async #newJournal({ request, plan }: Planned, recorded: boolean): Promise<Journal> {
    const at = this.machine.clock.now().toISOString()
    const head: JournalHead = {
      type: 'run',
      id: `${at.replaceAll(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}`,
      title: plan.title,
      practice: plan.practice,
      at,
      answers: request,
      steps: plan.steps.map(({ id, title, group }) => ({ id, title, group })),
    }
    return recorded ? Journal.create(this.machine, this.stateFolder, head) : Journal.unrecorded(head)
  }

  /** The answers of an interrupted run. @throws SetupError when this version cannot read them */
  resumed({ head }: Journal): { readonly answers: SetupAnswers } {
    const checked = checkAnswers(head.answers, setupSchema, ANSWERS_VERSION)
    if ('answers' in checked) return checked
    throw new SetupError(checked.problems[0]!)
  }

  redactChecks(checks: readonly CheckReport[]): readonly CheckReport[] {
    return this.redactor.redactData(checks)
  }
}
