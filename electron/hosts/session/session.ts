import { randomUUID } from 'node:crypto'
import { ANSWERS_VERSION, answersSchema, type Answers } from '../../contract/answers.ts'
import type { PrerequisiteSubject } from '../../checks/prerequisites/subject.ts'
import type { CheckReport } from '../../contract/check.ts'
import type { PlanView } from '../../contract/plan.ts'
import { SetupError, type Problem } from '../../contract/problem.ts'
import type { RunEvent } from '../../contract/run.ts'
import type { Machine } from '../../machine/machine.ts'
import { checkAnswers } from '../../setup/answers.ts'
import { Journal, type JournalHead } from '../../setup/journal.ts'
import { inspectPlan, viewPlan, type Plan } from '../../setup/plan.ts'
import { Run } from '../../setup/run.ts'
import { SecretReferences } from '../../setup/secret-references.ts'
import type { Found } from '../../setup/step.ts'
import { contradictions } from '../../scenarios/new-installation/check-answers.ts'
import { gatherFacts, type Facts, type PracticeFacts } from '../../scenarios/new-installation/facts.ts'
import { planNewInstallation } from '../../scenarios/new-installation/plan.ts'
import { Redactor } from '../../secrets/redactor.ts'
import { Vault } from '../../secrets/vault.ts'
import { steps } from '../../steps/registry.ts'

export interface SessionOptions {
  readonly machine: Machine
  readonly stateFolder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The next line of standard input; absent where secrets cannot come that way. */
  readonly nextLine?: () => Promise<string | undefined>
}

/** A plan with everything it came from: what a door holds between "review" and "install". */
export interface Prepared {
  readonly id: string
  readonly answers: Answers
  readonly facts: Facts
  readonly plan: Plan
}

export type PreparedOrProblems = { readonly prepared: Prepared } | { readonly problems: readonly Problem[] }

interface RunWishes {
  readonly continued?: Journal
  readonly recorded: boolean
  readonly found?: ReadonlyMap<string, Found>
}

/** What every door does with answers: check, gather, plan, run. It holds the secrets of one process. */
export class Session {
  readonly machine: Machine
  readonly stateFolder: string
  readonly redactor = new Redactor()
  readonly vault = new Vault(this.redactor)
  readonly references: SecretReferences

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

  /** Checks answers of any origin: schema first, then what contradicts itself. All problems at once. */
  check(
    data: unknown,
    file?: string,
  ): { readonly answers: Answers } | { readonly problems: readonly Problem[] } {
    const checked = checkAnswers(data, answersSchema, ANSWERS_VERSION, file)
    if ('problems' in checked) return checked
    const found = contradictions(checked.answers)
    if (found.length === 0) return { answers: checked.answers }
    const place = file === undefined ? {} : { file }
    return { problems: found.map((problem) => ({ ...problem, where: { ...place, ...problem.where } })) }
  }

  /** Gathers facts, read only, and plans. What an answer cannot be carried out with comes as a problem. */
  async prepare(answers: Answers, practice?: PracticeFacts): Promise<PreparedOrProblems> {
    const { machine, redactor, vault, references, stateFolder } = this
    try {
      const sources = { machine, redactor, vault, references, stateFolder, ...(practice ? { practice } : {}) }
      const facts = await gatherFacts(answers, sources)
      return { prepared: { id: randomUUID(), answers, facts, plan: planNewInstallation(answers, facts) } }
    } catch (error) {
      if (error instanceof SetupError) return { problems: [redactor.redactData(error.problem)] }
      throw error
    }
  }

  inspect({ plan }: Prepared): Promise<ReadonlyMap<string, Found>> {
    return inspectPlan(plan, steps, this.machine)
  }

  view({ plan, id }: Prepared, found: ReadonlyMap<string, Found>): PlanView {
    return viewPlan(plan, id, steps, found, this.redactor)
  }

  /**
   * A run of a plan.
   * @param options `continued`: the journal of an interrupted run that it goes on with. `recorded`: false where
   *   inspection has shown that nothing is to be changed; such a run leaves no journal. `found`: what the steps
   *   found a moment ago.
   */
  async run(
    prepared: Prepared,
    onEvent: (event: RunEvent) => void,
    { continued, recorded, found }: RunWishes,
  ): Promise<Run> {
    const { machine, redactor } = this
    const journal = continued ?? (await this.#newJournal(prepared, recorded))
    const known = found ? { found } : {}
    return new Run(prepared.plan, { machine, registry: steps, redactor, journal, onEvent, ...known })
  }

  async #newJournal({ answers, plan }: Prepared, recorded: boolean): Promise<Journal> {
    const at = this.machine.clock.now().toISOString()
    const head: JournalHead = {
      type: 'run',
      id: `${at.replaceAll(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}`,
      title: plan.title,
      practice: plan.practice,
      at,
      answers,
      steps: plan.steps.map(({ id, title, group }) => ({ id, title, group })),
    }
    return recorded ? Journal.create(this.machine, this.stateFolder, head) : Journal.unrecorded(head)
  }

  /** The answers of an interrupted run. @throws SetupError when this version cannot read them */
  resumed({ head }: Journal): { readonly answers: Answers } {
    const checked = checkAnswers(head.answers, answersSchema, ANSWERS_VERSION)
    if ('answers' in checked) return checked
    throw new SetupError(checked.problems[0]!)
  }

  redactChecks(checks: readonly CheckReport[]): readonly CheckReport[] {
    return this.redactor.redactData(checks)
  }
}

/** What the prerequisites of a prepared setup are held against. */
export function prerequisiteSubject({ machine }: Session, { answers, facts }: Prepared): PrerequisiteSubject {
  const { source, database, tlsPassword, engine, engineLook, machineName, practice } = facts
  return {
    machine,
    answers,
    source,
    database,
    ...(tlsPassword ? { tlsPassword } : {}),
    ...(engine ? { engine } : {}),
    ...(engineLook ? { engineLook } : {}),
    machineName,
    ...(practice ? { practicePort: practice.port } : {}),
  }
}
