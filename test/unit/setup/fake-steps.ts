import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { RunEvent } from '../../../electron/contract/run.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { Journal, type JournalHead } from '../../../electron/setup/journal.ts'
import type { Plan } from '../../../electron/setup/plan.ts'
import { Run } from '../../../electron/setup/run.ts'
import {
  type ApplyContext,
  type Found,
  planned,
  type PlannedStep,
  type Step,
  type StepContext,
  stepRegistry,
} from '../../../electron/setup/step.ts'

/** The registered secret of these tests, with marks that each encoding writes in another way. */
export const SECRET = 'Canary-"7f3k\'/<ü>&'

/** A temporary folder on the real machine, gone after the test. */
export async function inFolder<T>(use: (folder: string, machine: Machine) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'setup-test-'))
  try {
    return await use(folder, realMachine())
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a switch of the world below is to be, and what is to happen on the way there. */
export interface SwitchInput {
  readonly name: string
  readonly wanted: string
}

interface SwitchUndo {
  readonly name: string
  readonly former: string | null
}

/** Settings by name, the verbs in the order they were called, and what a test does in the middle of one. */
export class World {
  readonly values = new Map<string, string>()
  readonly calls: string[] = []
  /** By `verb name`, such as `apply b`. */
  readonly at = new Map<string, (context: StepContext) => void | Promise<void>>()

  fail(
    call: string,
    error: Error = new SetupError({ code: 'test.fault', what: 'Made to fail.', next: 'Read the test.' }),
  ): void {
    this.at.set(call, () => Promise.reject(error))
  }

  async called(verb: string, name: string, context: StepContext): Promise<void> {
    this.calls.push(`${verb} ${name}`)
    await this.at.get(`${verb} ${name}`)?.(context)
  }
}

/** A step that sets a value; a value that begins with `their` is of somebody else. */
export function switchStep(world: World): Step<SwitchInput, SwitchUndo> {
  return {
    kind: 'switch',
    async inspect({ name, wanted }, context): Promise<Found> {
      await world.called('inspect', name, context)
      const value = world.values.get(name)
      if (value === undefined) return { state: 'absent', evidence: [`${name} is not set.`] }
      if (value.startsWith('their')) return { state: 'foreign', evidence: [`${name} is ${value}.`] }
      return { state: value === wanted ? 'as-wanted' : 'differs', evidence: [`${name} is ${value}.`] }
    },
    preview: ({ name, wanted }) => ({ detail: `${name}=${wanted}`, commands: [`set ${name} ${wanted}`] }),
    async apply({ name, wanted }, context: ApplyContext<SwitchUndo>) {
      await context.willUndo({ name, former: world.values.get(name) ?? null })
      await world.called('apply', name, context)
      world.values.set(name, wanted)
      await context.wrote({ path: `/${name}`, bytes: wanted.length, sha256: '00' })
      return `${name} was set.`
    },
    async verify({ name, wanted }, context) {
      await world.called('verify', name, context)
      if (world.values.get(name) !== wanted) throw new Error(`${name} is not set`)
      return `${name} is ${wanted}.`
    },
    async undo({ name, former }, context) {
      await world.called('undo', name, context)
      if (former === null) world.values.delete(name)
      else world.values.set(name, former)
      return `${name} was set back.`
    },
  }
}

/** Steps of one letter each that want `on`; `b<a` follows `a`. */
export function steps(world: World, ...names: readonly string[]): PlannedStep[] {
  const step = switchStep(world)
  return names.map((text) => {
    const [name, ...follows] = text.split('<') as [string, ...string[]]
    return planned(step, { id: name, title: `Set ${name}`, group: 'files', follows }, { name, wanted: 'on' })
  })
}

export function planOf(all: readonly PlannedStep[]): Plan {
  return { title: 'Test', practice: true, elevation: 'none', steps: all, warnings: [], untouched: [] }
}

function headOf(plan: Plan, id = 'r1'): JournalHead {
  const shown = plan.steps.map((step) => ({ id: step.id, title: step.title, group: step.group }))
  const at = '2026-01-02T03:04:05.000Z'
  return { type: 'run', id, title: plan.title, practice: plan.practice, at, answers: {}, steps: shown }
}

/** A run of such steps with its journal in a folder; with a journal, a later process that goes on with it. */
export async function startRun(
  machine: Machine,
  folder: string,
  world: World,
  names: readonly string[],
  more: {
    readonly journal?: Journal
    readonly found?: ReadonlyMap<string, Found>
    readonly steps?: readonly PlannedStep[]
    /** Left out: the one that sets a value. */
    readonly registry?: readonly Step<never, never>[]
  } = {},
) {
  const plan = planOf(more.steps ?? steps(world, ...names))
  const redactor = new Redactor()
  redactor.register(new Secret(SECRET))
  const journal = more.journal ?? (await Journal.create(machine, folder, headOf(plan)))
  const events: RunEvent[] = []
  const run = new Run(plan, {
    machine,
    registry: stepRegistry(more.registry ?? [switchStep(world)]),
    redactor,
    journal,
    ...(more.found ? { found: more.found } : {}),
    onEvent: (event) => events.push(event),
  })
  return { run, journal, events }
}

/** `a done, b failed`. */
export function statesOf(run: Run): string {
  return run.view.steps.map(({ id, state }) => `${id} ${state}`).join(', ')
}
