import { parseArgs } from 'node:util'

/** What makes the program a worker instead of a window. */
export const WORKER_SWITCH = '--elevated-worker'

/** What one worker may do: carry out the plan that was approved, or take one interrupted run back. */
export type Approved =
  | { readonly kind: 'plan'; /** See {@link planDigest}. */ readonly digest: string }
  | { readonly kind: 'journal'; /** Id of the run. */ readonly journal: string }

export interface WorkerArguments {
  /** Where the window listens: a named pipe, or a Unix socket. */
  readonly address: string
  /** Proves once that this is the worker that the window started. */
  readonly secret: string
  readonly approved: Approved
}

/** The command line of a worker. It can be read by others: the secret in it opens one pipe, once. */
export function workerArguments({ address, secret, approved }: WorkerArguments): readonly string[] {
  const what = approved.kind === 'plan' ? `--plan=${approved.digest}` : `--journal=${approved.journal}`
  return [WORKER_SWITCH, `--pipe=${address}`, `--secret=${secret}`, what]
}

/**
 * Reads a program's arguments. Undefined when they are not a worker's, and when they are not whole: who starts a
 * worker by hand has no window for it to talk to.
 */
export function readWorkerArguments(args: readonly string[]): WorkerArguments | undefined {
  const at = args.indexOf(WORKER_SWITCH)
  if (at < 0) return undefined
  const { values } = parseArgs({
    args: args.slice(at + 1),
    options: {
      pipe: { type: 'string' },
      secret: { type: 'string' },
      plan: { type: 'string' },
      journal: { type: 'string' },
    },
    strict: false,
  })
  const { pipe: address, secret, plan, journal } = values
  if (typeof address !== 'string' || typeof secret !== 'string' || secret === '') return undefined
  if (typeof plan === 'string' && /^[0-9a-f]{64}$/.test(plan) && journal === undefined)
    return { address, secret, approved: { kind: 'plan', digest: plan } }
  if (typeof journal === 'string' && /^[A-Za-z0-9-]{1,100}$/.test(journal) && plan === undefined)
    return { address, secret, approved: { kind: 'journal', journal } }
  return undefined
}
