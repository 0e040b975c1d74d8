import type { CheckReport } from '../../contract/check.ts'
import type { PlanView } from '../../contract/plan.ts'
import { SetupError } from '../../contract/problem.ts'
import type { RunEvent, RunView } from '../../contract/run.ts'
import type { Machine } from '../../machine/machine.ts'
import type { RunHandle } from '../session/runner.ts'
import type { Planned, Prepared } from '../session/prepared.ts'
import type { Session } from '../session/session.ts'
import type { Task } from '../../contract/tasks.ts'
import type { Approved } from './arguments.ts'
import { awaitWorker } from './await-worker.ts'
import { planDigest } from './digest.ts'
import { ElevatedRun } from './elevated-run.ts'
import { clientIdFor, secretsFor } from './hand-over.ts'
import { elevatedLaunch, type Launch } from './launch.ts'
import { WorkerLink } from './link.ts'
import type { PrepareMessage, WorkerMessage } from './messages.ts'
import { askedAlready, planChanged } from './problems.ts'

type Told = (event: RunEvent) => void
type PreparedAnswer = Extract<WorkerMessage, { readonly type: 'prepared' }>

export interface ElevationOptions {
  readonly session: Session
  /** How a worker is started on a machine; default: elevated. */
  readonly launch?: (machine: Machine) => Launch
  readonly patienceMs?: number
}

/** The elevated worker of one window: at most one, started when it is first needed, kept for what comes after. */
export class Elevation {
  readonly #options: ElevationOptions
  #link: WorkerLink | undefined
  #practice = false
  /** A prompt stands there, or a worker is on its way. */
  #asking = false
  /** What the worker was started for: one for taking back does nothing else. */
  #purpose: Approved['kind'] = 'plan'
  /** The plan of this process that the worker has planned last, and the digest of its own. */
  #last: { readonly planned: string; readonly digest: string } | undefined
  /** The last one of the worker that was given to be reviewed. */
  #offered: { readonly planned: string; readonly digest: string } | undefined

  constructor(options: ElevationOptions) {
    this.#options = options
  }

  /** Whether a worker is there: then nobody has to be asked again. */
  get present(): boolean {
    return this.#link?.alive === true
  }

  /**
   * The plan as the worker that is there makes it: with administrator rights more is seen. It carries the id of this
   * process's plan, so that it can be approved in its place. Undefined while there is no worker.
   * @throws SetupError what keeps the worker from planning
   */
  async review(planned: Prepared, continued?: string): Promise<PlanView | undefined> {
    if (planned.plan.elevation !== 'asked' || !this.#plans(planned.plan.practice)) return undefined
    const { view } = await this.#prepare(this.#link!, planned, continued)
    this.#offered = this.#last
    return { ...view, id: planned.id }
  }

  /**
   * A run of a plan in the worker, which is started first if there is none.
   * @param approved the plan as the installer has seen it
   * @throws SetupError `elevation.refused`, `elevation.impossible`, `elevation.no-worker`: nothing was changed.
   *   `elevation.plan-changed`: the worker sees another plan; {@link Elevation.review} gives it.
   */
  async start(planned: Planned, approved: PlanView, onEvent: Told, continued?: string): Promise<RunHandle> {
    const own = planDigest(approved)
    const reviewed = this.#offered?.planned === planned.id ? this.#offered.digest : own
    const link = await this.#worker(planned.plan.practice, { kind: 'plan', digest: own })
    const { digest, asApproved } = await this.#prepare(link, planned, continued)
    if (digest !== reviewed) throw planChanged()
    return ElevatedRun.start(link, { digest, again: !asApproved }, this.#runOptions(onEvent))
  }

  /** An interrupted run, opened in a worker of its own to be taken back. @throws as {@link Elevation.start} */
  async reopen(journal: string, practice: boolean, onEvent: Told): Promise<RunHandle> {
    this.#practice = practice
    const { link, view } = await this.#reopen(journal)
    return ElevatedRun.reopened(link, view, this.#runOptions(onEvent))
  }

  /** Proves what a plan has installed: only an administrator may read its settings. @throws as {@link Elevation.start} */
  async prove(planned: Planned, onCheck: (check: CheckReport) => void): Promise<readonly CheckReport[]> {
    const { session } = this.#options
    const digest = planDigest(session.view(planned, new Map()))
    const link = await this.#worker(planned.plan.practice, { kind: 'plan', digest })
    if (this.#last?.planned !== planned.id) await this.#prepare(link, planned)
    const before = link.onNews
    link.onNews = (news) => {
      if (news.type === 'event' && news.event.type === 'check') onCheck(news.event.check)
    }
    try {
      const answer = await link.ask({ type: 'prove' }, 'proved', 'problems')
      if (answer.type === 'problems') throw new SetupError(answer.problems[0]!)
      return answer.checks
    } finally {
      link.onNews = before
    }
  }

  /** Lets the worker end, after its current step. */
  close(): void {
    this.#link?.end()
    this.#link = undefined
    this.#last = undefined
  }

  #runOptions(onEvent: Told) {
    const { clock } = this.#options.session.machine
    return { clock, onEvent, reopen: (journal: string) => this.#reopen(journal) }
  }

  async #worker(practice: boolean, approved: Approved): Promise<WorkerLink> {
    if (this.#plans(practice)) return this.#link!
    this.close()
    this.#practice = practice
    return (this.#link = await this.#launch(approved))
  }

  /** Whether the worker that is there can plan for this Windows. */
  #plans(practice: boolean): boolean {
    return this.present && this.#purpose === 'plan' && this.#practice === practice
  }

  async #launch(approved: Approved): Promise<WorkerLink> {
    if (this.#asking) throw askedAlready()
    this.#asking = true
    try {
      const { session, launch = elevatedLaunch, patienceMs } = this.#options
      const wire = await awaitWorker({
        machine: session.machine,
        launch: launch(session.machineOf({ practice: this.#practice })),
        approved,
        ...(patienceMs === undefined ? {} : { patienceMs }),
      })
      this.#purpose = approved.kind
      this.#last = undefined
      return await WorkerLink.open(wire)
    } finally {
      this.#asking = false
    }
  }

  async #prepare(link: WorkerLink, planned: Planned, continued?: string): Promise<PreparedAnswer> {
    const { stateFolder } = this.#options.session
    const setup = this.#setupOf(planned, continued)
    const message: PrepareMessage = { type: 'prepare', stateFolder, practice: planned.plan.practice, setup }
    const answer = await link.ask(message, 'prepared', 'problems')
    if (answer.type === 'problems') throw new SetupError(answer.problems[0]!)
    this.#last = { planned: planned.id, digest: answer.digest }
    return answer
  }

  #setupOf(planned: Planned, continued: string | undefined): PrepareMessage['setup'] {
    if (!isPrepared(planned)) return { kind: 'task', task: planned.request as Task }
    const clientId = clientIdFor(planned)
    return {
      kind: 'answers',
      answers: planned.answers,
      secrets: secretsFor(planned, this.#options.session.references),
      ...(clientId === undefined ? {} : { clientId }),
      ...(continued === undefined ? {} : { continued }),
    }
  }

  async #reopen(journal: string): Promise<{ readonly link: WorkerLink; readonly view: RunView }> {
    this.close()
    const link = (this.#link = await this.#launch({ kind: 'journal', journal }))
    const { stateFolder } = this.#options.session
    const message = { type: 'reopen', stateFolder, practice: this.#practice, journal } as const
    const answer = await link.ask(message, 'view', 'problems')
    if (answer.type === 'problems') throw new SetupError(answer.problems[0]!)
    return { link, view: answer.view }
  }
}

function isPrepared(planned: Planned): planned is Prepared {
  return 'facts' in planned
}
