import * as z from 'zod/mini'
import type { CheckReport } from '../../contract/check.ts'
import type { PlanView } from '../../contract/plan.ts'
import type { Problem } from '../../contract/problem.ts'
import type { RunEvent, RunOutcome, RunView } from '../../contract/run.ts'
import { taskSchema } from '../../contract/tasks.ts'
import type { WrittenFile } from '../../setup/step.ts'
import { protocolError } from './problems.ts'
import { checkReport, planView, problem, runEvent, runOutcome, runView, writtenFile } from './schemas.ts'

/** A path or a name that the elevated side will use: absolute paths are asked for where they are used. */
const path = z.string().check(z.minLength(1), z.maxLength(32_767), z.regex(/^[^\p{Cc}\p{Cs}]*$/u))
/** Journals are named by time and chance; such a name leads nowhere else. */
const journal = z.string().check(z.regex(/^[A-Za-z0-9-]{1,100}$/))
const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/** Where a setup keeps its memory, and on which Windows it works. */
const place = { stateFolder: path, practice: z.boolean() }

/** What the worker is to plan. */
const setup = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answers'),
    /** Checked by their own schema, in the worker too. */
    answers: z.record(z.string(), z.unknown()),
    /** The secrets that the answers refer to, by path in the answers, such as `database.password`. */
    secrets: z.record(z.string().check(z.maxLength(100)), z.string().check(z.maxLength(65_536))),
    /** Made at the review, where the answers leave it to this program; the secret comes with the others. */
    clientId: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(1000))),
    /** The interrupted run that this one goes on with. */
    continued: z.exactOptional(journal),
  }),
  z.strictObject({ kind: z.literal('task'), task: taskSchema }),
])

const fromWindow = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('prepare'), ...place, setup }),
  /** Opens a run of what was prepared. `again`: the installer has approved it after the worker was started. */
  z.strictObject({ type: z.literal('run'), digest, again: z.boolean() }),
  /** Opens the journal of an interrupted run, to take it back. */
  z.strictObject({ type: z.literal('reopen'), ...place, journal }),
  /** Starts the run that is open, or goes on with it after a failure or a stop. */
  z.strictObject({ type: z.literal('go') }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('rollback') }),
  /** Proves what was installed; only an administrator may read its settings. */
  z.strictObject({ type: z.literal('prove') }),
  z.strictObject({ type: z.literal('end') }),
])

export type WorkerMessage =
  | { readonly type: 'ready' }
  /** `asApproved`: it is the plan that the worker was started for. */
  | {
      readonly type: 'prepared'
      readonly view: PlanView
      readonly digest: string
      readonly asApproved: boolean
    }
  | { readonly type: 'problems'; readonly problems: readonly Problem[] }
  | { readonly type: 'event'; readonly event: RunEvent }
  | { readonly type: 'view'; readonly view: RunView }
  | { readonly type: 'written'; readonly files: readonly WrittenFile[] }
  | { readonly type: 'finished'; readonly outcome: RunOutcome }
  | { readonly type: 'proved'; readonly checks: readonly CheckReport[] }

const fromWorker: z.ZodMiniType<WorkerMessage> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('prepared'), view: planView, digest, asApproved: z.boolean() }),
  z.strictObject({ type: z.literal('problems'), problems: z.array(problem).check(z.minLength(1)) }),
  z.strictObject({ type: z.literal('event'), event: runEvent }),
  z.strictObject({ type: z.literal('view'), view: runView }),
  z.strictObject({ type: z.literal('written'), files: z.array(writtenFile) }),
  z.strictObject({ type: z.literal('finished'), outcome: runOutcome }),
  z.strictObject({ type: z.literal('proved'), checks: z.array(checkReport) }),
])

/** The worker's first message. */
const hello = z.strictObject({ type: z.literal('hello'), secret: z.string().check(z.maxLength(100)) })

export type WindowMessage = z.infer<typeof fromWindow>
export type PrepareMessage = Extract<WindowMessage, { type: 'prepare' }>
export type ReopenMessage = Extract<WindowMessage, { type: 'reopen' }>

/** What the worker reads. @throws SetupError `elevation.protocol` */
export const readWindowMessage = reader<WindowMessage>(fromWindow)

/** What the window reads. @throws SetupError `elevation.protocol` */
export const readWorkerMessage = reader(fromWorker)

/** The secret in a first message, or undefined when it is none. */
export function secretIn(value: unknown): string | undefined {
  return hello.safeParse(value).data?.secret
}

/** Says where a message is wrong; its values stay out, they may be secrets. */
function reader<T>(schema: z.ZodMiniType<T>): (value: unknown) => T {
  return (value) => {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    const issue = result.error.issues[0]
    throw protocolError(
      `${issue?.code ?? 'invalid'} at ${issue?.path.map(String).join('.') || 'the message'}`,
    )
  }
}
