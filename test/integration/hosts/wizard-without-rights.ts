import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answers } from '../../../electron/contract/answers.ts'
import type { PageEvent } from '../../../electron/contract/calls.ts'
import type { PlanView } from '../../../electron/contract/plan.ts'
import type { RunEvent, RunView } from '../../../electron/contract/run.ts'
import { createBackEnd } from '../../../electron/hosts/back-end/index.ts'
import type { BackEnd } from '../../../electron/hosts/back-end/types.ts'
import { browserShell } from '../../../electron/hosts/browser/shell.ts'
import { practiceWindowsFolder } from '../../../electron/hosts/session/practice-machine.ts'
import { stopPractice } from '../../../electron/hosts/session/practice.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceState, practiceWindows } from '../../../electron/practice/windows/machine.ts'
import type { ServerState } from '../../../electron/practice/windows/state.ts'

/** What is behind a window on a practice Windows where this process has no administrator rights. */
export class WizardWithoutRights {
  readonly stateFolder: string
  readonly events: PageEvent[] = []
  #backEnd: BackEnd

  private constructor(stateFolder: string) {
    this.stateFolder = stateFolder
    this.#backEnd = this.#open()
  }

  static async start(): Promise<WizardWithoutRights> {
    const stateFolder = await mkdtemp(join(tmpdir(), 'elevation-'))
    const windows = practiceWindows(realMachine(), practiceWindowsFolder(stateFolder), { token: 'filtered' })
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

  runEvents(): readonly RunEvent[] {
    return this.events.flatMap((event) => (event.topic === 'run' ? [event.event] : []))
  }

  /** Everything below the state folder that has a name and content: journals, logs, the server's state. */
  async written(): Promise<readonly { readonly path: string; readonly text: string }[]> {
    const names = await readdir(this.stateFolder, { recursive: true, withFileTypes: true })
    const files = names
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
    return Promise.all(files.map(async (path) => ({ path, text: await readFile(path, 'latin1') })))
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

/** Workers that run on this machine now and were started for the given state folder’s wizard. Linux only. */
export async function workers(): Promise<readonly WorkerProcess[]> {
  const found: WorkerProcess[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')
    const args = (await read('cmdline')).split('\0')
    if (!args.includes('--elevated-worker') || (await parentOf(pid)) === undefined) continue
    found.push({ pid: Number(pid), args, environment: await read('environ') })
  }
  return found
}

async function parentOf(pid: string): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return state === 'Z' ? undefined : Number(parent)
}
