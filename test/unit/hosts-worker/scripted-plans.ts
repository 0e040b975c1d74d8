import { SetupError } from '../../../electron/contract/problem.ts'
import { readWorkerArguments, type Approved } from '../../../electron/hosts/worker/arguments.ts'
import { awaitWorker } from '../../../electron/hosts/worker/await-worker.ts'
import type { Launch } from '../../../electron/hosts/worker/launch.ts'
import { WorkerLink } from '../../../electron/hosts/worker/link.ts'
import type { PrepareMessage } from '../../../electron/hosts/worker/messages.ts'
import type { WorkerPlans } from '../../../electron/hosts/worker/plans.ts'
import type { Wire } from '../../../electron/hosts/worker/wire.ts'
import { runWorker } from '../../../electron/hosts/worker/run-worker.ts'
import { takeBackPlan } from '../../../electron/hosts/session/take-back.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Journal } from '../../../electron/setup/journal.ts'
import { inspectPlan, viewPlan, type Plan } from '../../../electron/setup/plan.ts'
import { Run } from '../../../electron/setup/run.ts'
import { stepRegistry } from '../../../electron/setup/step.ts'
import { planOf, steps, switchStep, World } from '../setup/fake-steps.ts'

/** A worker's plans over the switches of a {@link World}: real runs and journals, steps of a test. */
export class ScriptedPlans implements WorkerPlans {
  readonly world = new World()
  readonly prepared: PrepareMessage[] = []
  readonly machine: Machine = realMachine()
  readonly #registry = stepRegistry([switchStep(this.world)])
  readonly #redactor = new Redactor()
  readonly #stateFolder: string
  /** The steps of the plan; see {@link steps}. */
  names: readonly string[] = ['a', 'b']

  constructor(stateFolder: string) {
    this.#stateFolder = stateFolder
  }

  get plan(): Plan {
    return { ...planOf(steps(this.world, ...this.names)), elevation: 'asked' }
  }

  async view() {
    const found = await inspectPlan(this.plan, this.#registry, this.machine)
    return viewPlan(this.plan, 'plan', this.#registry, found, this.#redactor)
  }

  async prepare(message: PrepareMessage) {
    this.prepared.push(message)
    if (this.names.length === 0) return { problems: [{ code: 'test.none', what: 'None.', next: 'Add.' }] }
    const { plan } = this
    const view = await this.view()
    return {
      view,
      run: async (onEvent: (event: never) => void) => {
        const shown = plan.steps.map(({ id, title, group }) => ({ id, title, group }))
        const at = '2026-01-02T03:04:05.000Z'
        const head = { type: 'run', id: 'r1', title: plan.title, practice: true, at, answers: {} } as const
        const journal = await Journal.create(this.machine, this.#stateFolder, { ...head, steps: shown })
        return this.#run(plan, journal, onEvent)
      },
      prove: (onCheck: (check: typeof proof) => void) => {
        onCheck(proof)
        return Promise.resolve([proof])
      },
    }
  }

  async reopen({ journal: id }: { journal: string }, onEvent: (event: never) => void) {
    const journal = await Journal.open(this.machine, `${this.#stateFolder}/runs/${id}`)
    return this.#run(takeBackPlan(journal), journal, onEvent)
  }

  redact<T>(problem: T): T {
    return problem
  }

  #run(plan: Plan, journal: Journal, onEvent: (event: never) => void): Run {
    const { machine } = this
    return new Run(plan, {
      machine,
      registry: this.#registry,
      redactor: this.#redactor,
      journal,
      onEvent: onEvent as (event: unknown) => void,
    })
  }
}

export const proof = {
  id: 'proof.test',
  title: 'Test',
  status: 'passed',
  why: 'Because.',
  summary: 'It is.',
  ms: 1,
  evidence: [],
} as const

/** Runs a worker in this process instead of starting one. */
export function inProcess(plans: WorkerPlans, ended: (code: number) => void = () => {}): Launch {
  return (args) => {
    const given = readWorkerArguments(['program', ...args])
    if (!given) throw new Error('no worker’s arguments')
    void runWorker(given, plans).then(ended)
    return Promise.resolve()
  }
}

/** A window with a worker that is ready. */
export async function linkTo(launch: Launch, approved: Approved): Promise<WorkerLink> {
  const wire = await awaitWorker({ machine: realMachine(), launch, approved, patienceMs: 20_000 })
  const link = await WorkerLink.open(wire)
  wires.set(link, wire)
  return link
}

const wires = new WeakMap<WorkerLink, Wire>()

/** Breaks the connection under a link, as the end of the worker's process does. */
export function cut(link: WorkerLink): void {
  wires.get(link)!.destroy()
}

export const refusedPrompt: Launch = () =>
  Promise.reject(
    new SetupError({
      code: 'elevation.refused',
      what: 'Refused.',
      next: 'Try again.',
      untouched: 'Nothing.',
    }),
  )
