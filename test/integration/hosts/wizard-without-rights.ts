import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answers } from '../../../electron/contract/answers.ts'
import type { PageEvent } from '../../../electron/contract/calls.ts'
import type { PlanView } from '../../../electron/contract/plan.ts'
import type { RunView, StepState } from '../../../electron/contract/run.ts'
import { createBackEnd } from '../../../electron/hosts/back-end/index.ts'
import type { BackEnd } from '../../../electron/hosts/back-end/types.ts'
import { browserShell } from '../../../electron/hosts/browser/shell.ts'
import { practiceWindowsFolder } from '../../../electron/hosts/session/practice-machine.ts'
import { stopPractice } from '../../../electron/hosts/session/practice.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceState, practiceWindows } from '../../../electron/practice/windows/machine.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import type { ServerState } from '../../../electron/practice/windows/state.ts'
import { keepPracticePort } from '../../practice-port.ts'
import { practiceData, removeShelteredData } from '../../sheltered-data.ts'

/** What is behind a window on a practice Windows where this process has no administrator rights. */
export class WizardWithoutRights {
  readonly stateFolder: string
  readonly events: PageEvent[] = []
  #backEnd: BackEnd

  private constructor(stateFolder: string) {
    this.stateFolder = stateFolder
    this.#backEnd = this.#open()
  }

  static async start(options: PracticeWindowsOptions = {}): Promise<WizardWithoutRights> {
    const stateFolder = await mkdtemp(join(tmpdir(), 'elevation-'))
    await keepPracticePort(stateFolder)
    const folder = practiceWindowsFolder(stateFolder)
    const windows = practiceWindows(realMachine(), folder, { ...options, token: 'filtered' })
    await windows.files.info(windows.windows!.windows)
    return new WizardWithoutRights(stateFolder)
  }

  get handlers(): BackEnd['handlers'] {
    return this.#backEnd.handlers
  }

  /** The window is closed and opened again; what it held is gone. */
  async reopen(): Promise<void> {
    await this.#backEnd.close()
    this.#backEnd = this.#open()
    this.events.length = 0
  }

  async end(): Promise<void> {
    await this.#backEnd.close()
    await stopPractice(realMachine(), this.stateFolder)
    await rm(this.stateFolder, { recursive: true, force: true })
    await removeShelteredData(practiceData(this.stateFolder))
  }

  /** The simulated server, to be looked at and to be changed behind the wizard's back. */
  async server<T>(use: (state: ServerState) => T): Promise<T> {
    return practiceState(realMachine(), practiceWindowsFolder(this.stateFolder)).change(async (state) =>
      use(state),
    )
  }

  /** Answers of a practice run, all of them given. */
  async answers(change: (answers: Answers) => Answers = (same) => same): Promise<Answers> {
    return change(await this.handlers['practice.start']({ operation: 'practice' }))
  }

  async plan(answers: Answers): Promise<PlanView> {
    const made = await this.handlers['plan.make']({ draft: answers })
    if ('problems' in made) throw new Error(JSON.stringify(made.problems))
    return made.plan
  }

  /** Starts the run and waits for its end. */
  async run(plan: PlanView): Promise<RunView> {
    await this.handlers['run.start']({ plan: plan.id })
    return this.ended()
  }

  async ended(): Promise<RunView> {
    for (;;) {
      const view = await this.handlers['run.look']({})
      if (view && !['running', 'stopping', 'undoing'].includes(view.status)) return view
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  stepIs(id: string, state: StepState): boolean {
    return this.events.some(
      ({ topic, ...event }) =>
        topic === 'run' &&
        'event' in event &&
        event.event.type === 'step' &&
        event.event.step.id === id &&
        event.event.step.state === state,
    )
  }

  /** The next prompt for administrator rights is answered with no. */
  async refusePrompt(): Promise<void> {
    await this.server(({ runtime }) => (runtime.refuseElevation = true))
  }

  /** The text of every journal. */
  async journals(): Promise<readonly string[]> {
    const folder = join(this.stateFolder, 'runs')
    const names = await readdir(folder).catch(() => [])
    return Promise.all(names.map((name) => readFile(join(folder, name, 'journal.jsonl'), 'utf8')))
  }

  /** The one worker of this wizard. */
  async worker(): Promise<WorkerProcess> {
    const all = await this.workers()
    if (all.length !== 1) throw new Error(`${all.length} workers`)
    return all[0]!
  }

  /** The processes that were started elevated by this process, as their arguments tell. Linux only. */
  async workers(): Promise<readonly WorkerProcess[]> {
    const found: WorkerProcess[] = []
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')
      // A process that has ended and was not collected yet has no arguments any more.
      const args = (await read('cmdline')).split('\0')
      if (
        args.includes('--elevated-worker') &&
        Number((await read('stat')).split(') ')[1]?.split(' ')[1]) === process.pid
      )
        found.push({ pid: Number(pid), args, environment: await read('environ') })
    }
    return found
  }

  #open(): BackEnd {
    const backEnd = createBackEnd({
      shell: browserShell('0', () => Promise.resolve()),
      machine: realMachine(),
      stateFolder: this.stateFolder,
    })
    backEnd.onEvent((event) => this.events.push(event))
    return backEnd
  }
}

export interface WorkerProcess {
  readonly pid: number
  readonly args: readonly string[]
  readonly environment: string
}

/** Waits until something has happened, for at most a minute. */
export async function until(happened: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await happened()); waited += 20) {
    if (waited > 60_000) throw new Error('It did not happen.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
