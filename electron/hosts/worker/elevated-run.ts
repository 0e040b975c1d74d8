import { problemOf, SetupError } from '../../contract/problem.ts'
import type { RunEvent, RunOutcome, RunView, StepFailure } from '../../contract/run.ts'
import type { Machine } from '../../machine/machine.ts'
import type { WrittenFile } from '../../setup/step.ts'
import type { RunHandle } from '../session/runner.ts'
import type { WorkerLink } from './link.ts'
import type { WindowMessage } from './messages.ts'
import { RunMirror } from './mirror.ts'

export interface ElevatedRunOptions {
  readonly clock: Machine['clock']
  readonly onEvent: (event: RunEvent) => void
  /**
   * Starts another worker, for taking back the run of that id after its own worker was lost, and opens the run's
   * journal there. Resolves to the link and the run as the journal tells it.
   */
  readonly reopen: (run: string) => Promise<{ readonly link: WorkerLink; readonly view: RunView }>
}

/** A run that an elevated worker carries out; here is what it tells. */
export class ElevatedRun implements RunHandle {
  readonly #options: ElevatedRunOptions
  readonly #mirror: RunMirror
  #link: WorkerLink
  #written: readonly WrittenFile[] = []

  private constructor(link: WorkerLink, view: RunView, options: ElevatedRunOptions) {
    this.#options = options
    this.#mirror = new RunMirror(view, options.clock)
    this.#link = link
    this.#hear(link)
  }

  /**
   * Opens a run of what the worker has prepared.
   * @param again whether the installer has approved the plan after the worker was started
   * @throws SetupError `elevation.plan-changed` when the digest is not the one of the worker's plan; nothing is
   *   changed then. Also what keeps the worker from starting its journal.
   */
  static async start(
    link: WorkerLink,
    { digest, again }: { readonly digest: string; readonly again: boolean },
    options: ElevatedRunOptions,
  ): Promise<ElevatedRun> {
    const answer = await link.ask({ type: 'run', digest, again }, 'view', 'problems')
    if (answer.type === 'problems') throw new SetupError(answer.problems[0]!)
    return new ElevatedRun(link, answer.view, options)
  }

  /** A run of an earlier process, opened to be taken back. Its worker was started for that. */
  static reopened(link: WorkerLink, view: RunView, options: ElevatedRunOptions): ElevatedRun {
    return new ElevatedRun(link, view, options)
  }

  get view(): RunView {
    return this.#mirror.view
  }

  get writtenFiles(): readonly WrittenFile[] {
    return this.#written
  }

  /** Whether its worker is gone: the run can be taken back, and it can be gone on with from the review page. */
  get lost(): boolean {
    return !this.#link.alive
  }

  stop(): void {
    if (this.lost) return
    this.#link.tell({ type: 'stop' })
    if (this.view.status === 'running') this.#mirror.change({ status: 'stopping' })
  }

  async go(): Promise<RunOutcome> {
    try {
      return await this.#carryOut({ type: 'go' })
    } catch (error) {
      return this.#ends('failed', error)
    }
  }

  async rollBack(): Promise<RunOutcome> {
    try {
      this.#mirror.change({ status: 'undoing', undoFailures: [] })
      if (this.lost) {
        const { link, view } = await this.#options.reopen(this.view.id)
        this.#link = link
        this.#hear(link)
        this.#mirror.change({ id: view.id })
      }
      return await this.#carryOut({ type: 'rollback' })
    } catch (error) {
      return this.#ends('undo-failed', error)
    }
  }

  #hear(link: WorkerLink): void {
    link.onNews = (news) => {
      if (news.type === 'view') return this.#mirror.set(news.view)
      if (news.type === 'written') return void (this.#written = news.files)
      this.#tell(news.event)
    }
  }

  #tell(event: RunEvent): void {
    this.#mirror.apply(event)
    this.#options.onEvent(event)
  }

  async #carryOut(message: Extract<WindowMessage, { type: 'go' | 'rollback' }>): Promise<RunOutcome> {
    return (await this.#link.ask(message, 'finished')).outcome
  }

  /** Nobody is left to tell how it went on: what is known is said, as the run itself would say it. */
  #ends(outcome: 'failed' | 'undo-failed', error: unknown): RunOutcome {
    const { clock } = this.#options
    const { id, steps, elapsedMs } = this.view
    const at = clock.now().toISOString()
    const step = steps.find(({ state }) => state === 'running' || state === 'undoing') ?? steps[0]
    const { where, ...problem } = problemOf(error)
    const failure: StepFailure = {
      step: step?.id ?? 'setup',
      title: step?.title ?? '',
      problem: { ...problem, where: { ...where, ...(step ? { step: step.id } : {}) } },
    }
    const undoing = outcome === 'undo-failed'
    if (step?.state === 'running' || step?.state === 'undoing')
      this.#tell({
        type: 'step',
        at,
        fraction: this.view.fraction,
        step: { ...step, state: undoing ? 'undo-failed' : 'failed', summary: problem.what },
      })
    this.#tell({ type: 'failure', at, failure, undoing })
    this.#tell({ type: 'run-finished', run: id, at, outcome, ms: elapsedMs })
    return outcome
  }
}
