import { problemOf } from '../../contract/problem.ts'
import type { RunEvent, RunOutcome } from '../../contract/run.ts'
import type { RunHandle } from '../session/runner.ts'
import type { Approved } from './arguments.ts'
import { planDigest } from './digest.ts'
import type { WindowMessage, WorkerMessage } from './messages.ts'
import type { WorkerPlan, WorkerPlans } from './plans.ts'
import { planChanged, protocolError } from './problems.ts'

export interface WorkerServiceOptions {
  readonly plans: WorkerPlans
  readonly approved: Approved
  readonly send: (message: WorkerMessage) => void
  /** Called once when nothing is left to do: it was told to end, or has been idle for too long. */
  readonly end: () => void
  /** How long it waits for the next message while it has nothing to do. Milliseconds; default 15 minutes. */
  readonly idleMs?: number
}

/** An elevated process that nobody uses is an open door. */
const IDLE_MS = 15 * 60_000

/**
 * What the worker does with the window's messages. It runs only what was approved: the plan whose digest stands on
 * its command line or, when its own plan turned out another one, that one after it was reviewed; or it takes back
 * the one run it was started for.
 */
export class WorkerService {
  readonly #options: WorkerServiceOptions
  #plan: (WorkerPlan & { readonly digest: string }) | undefined
  #run: RunHandle | undefined
  /** What goes on now; one thing at a time. */
  #busy: Promise<void> | undefined
  #running = false
  #ending = false
  #idle: NodeJS.Timeout | undefined

  constructor(options: WorkerServiceOptions) {
    this.#options = options
    this.#rest()
  }

  /** @throws SetupError `elevation.protocol` for a message that does not belong here now */
  receive(message: WindowMessage): void {
    if (this.#ending) return
    switch (message.type) {
      case 'prepare':
        this.#mustBe(this.#options.approved.kind === 'plan', message)
        return this.#do(message, () => this.#prepare(message))
      case 'reopen': {
        const { approved } = this.#options
        this.#mustBe(approved.kind === 'journal' && approved.journal === message.journal, message)
        return this.#do(message, async () => {
          this.#run = await this.#options.plans.reopen(message, this.#tell)
          this.#options.send({ type: 'view', view: this.#run.view })
        })
      }
      case 'run':
        return this.#do(message, () => this.#open(message))
      case 'go':
        this.#mustBe(this.#run !== undefined && this.#options.approved.kind === 'plan', message)
        return this.#do(message, () => this.#carryOut((run) => run.go()))
      case 'rollback':
        this.#mustBe(this.#run !== undefined, message)
        return this.#do(message, () => this.#carryOut((run) => run.rollBack()))
      case 'prove':
        this.#mustBe(this.#plan !== undefined, message)
        return this.#do(message, () => this.#prove())
      case 'stop':
        // What it was meant for may have ended by itself meanwhile.
        return this.#run?.stop()
      case 'end':
        return this.close()
    }
  }

  /** Ends after the current step. Also when the window is gone. */
  close(): void {
    if (this.#ending) return
    this.#ending = true
    clearTimeout(this.#idle)
    if (this.#running) this.#run?.stop()
    void (this.#busy ?? Promise.resolve()).then(this.#options.end)
  }

  async #prepare(message: Extract<WindowMessage, { type: 'prepare' }>): Promise<void> {
    // A run that is open stays so until another takes its place: it may still have to be taken back.
    this.#plan = undefined
    const { plans, send, approved } = this.#options
    const plan = await plans.prepare(message)
    if ('problems' in plan) return send({ type: 'problems', problems: plan.problems })
    const digest = planDigest(plan.view)
    this.#plan = { ...plan, digest }
    const asApproved = approved.kind === 'plan' && approved.digest === digest
    send({ type: 'prepared', view: plan.view, digest, asApproved })
  }

  async #open({ digest, again }: Extract<WindowMessage, { type: 'run' }>): Promise<void> {
    const { send, approved } = this.#options
    const plan = this.#plan
    const asApproved = approved.kind === 'plan' && approved.digest === digest
    if (plan?.digest !== digest || !(asApproved || again))
      return send({ type: 'problems', problems: [planChanged().problem] })
    this.#run = await plan.run(this.#tell)
    send({ type: 'view', view: this.#run.view })
  }

  async #carryOut(what: (run: RunHandle) => Promise<RunOutcome>): Promise<void> {
    const run = this.#run!
    this.#running = true
    const outcome = await what(run).finally(() => (this.#running = false))
    const { send } = this.#options
    send({ type: 'written', files: run.writtenFiles })
    send({ type: 'view', view: run.view })
    send({ type: 'finished', outcome })
  }

  async #prove(): Promise<void> {
    const checks = await this.#plan!.prove((check) =>
      this.#tell({ type: 'check', at: new Date().toISOString(), check }),
    )
    this.#options.send({ type: 'proved', checks: checks })
  }

  readonly #tell = (event: RunEvent): void => this.#options.send({ type: 'event', event: event })

  #do(message: WindowMessage, work: () => Promise<void>): void {
    this.#mustBe(!this.#busy, message)
    clearTimeout(this.#idle)
    const { plans, send } = this.#options
    this.#busy = work()
      .catch((error: unknown) => send({ type: 'problems', problems: [plans.redact(problemOf(error))] }))
      .finally(() => {
        this.#busy = undefined
        this.#rest()
      })
  }

  #rest(): void {
    if (!this.#ending) this.#idle = setTimeout(() => this.close(), this.#options.idleMs ?? IDLE_MS)
  }

  #mustBe(fits: boolean, { type }: WindowMessage): void {
    if (!fits) throw protocolError(`“${type}” out of turn`)
  }
}
