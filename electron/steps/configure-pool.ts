import { SetupError } from '../contract/problem.ts'
import { poolTakeOverProblem } from '../iis/pool.ts'
import { createArguments, poolCommands, poolDiffers, poolInput, type PoolSpec } from '../iis/pool-spec.ts'
import {
  changePool,
  createPool,
  deletePool,
  exportPool,
  passwordIs,
  readPool,
  restorePool,
  startPool,
  stopPool,
  type FormerPool,
} from '../iis/pools.ts'
import type { Machine } from '../machine/machine.ts'
import { HIDDEN } from '../secrets/secret.ts'
import { check, command, type Template } from '../setup/script-parts.ts'
import type { Found, Step } from '../setup/step.ts'
import { programBelowWindows } from '../windows/tool.ts'
import { seenByAdministrator } from './administrator-view.ts'

export interface PoolInput {
  readonly spec: PoolSpec
  /** Whether a pool of this name may be changed: an earlier setup made it, or the installer confirmed it by name. */
  readonly claim: 'ours' | 'confirmed' | 'none'
}

interface PoolUndo {
  readonly name: string
  /** The pool as it was; missing when there was none. */
  readonly former?: FormerPool
}

/** The application pool: dedicated, No Managed Code, Integrated, Load User Profile on, 64-bit. */
export const configurePool: Step<PoolInput, PoolUndo> = {
  kind: 'configure-pool',

  inspect: (input, { machine }) => seenByAdministrator(() => look(machine, input)),

  preview({ spec }) {
    const notes = {
      ApplicationPoolIdentity: 'Its account is the pool’s own: no password, no rights but those given here.',
      SpecificUser: 'The password goes to appcmd on standard input, never into its arguments.',
      gMSA: 'Windows keeps the password of a managed service account; this server has to be allowed to fetch it.',
    }
    return { detail: accountOf(spec), commands: poolCommands(spec), notes: [notes[spec.identity.account]] }
  },

  async apply({ spec }, context) {
    const { machine } = context
    const former = await exportPool(machine, spec.name)
    await context.willUndo({ name: spec.name, ...(former ? { former } : {}) })
    if (former) await changePool(machine, spec, former)
    else await createPool(machine, spec)
    return `The application pool ${spec.name} is ${former ? 'changed' : 'added'}.`
  },

  async verify({ spec }, { machine }) {
    const differences = await differencesOf(machine, spec)
    if (differences?.length === 0) return `read back, ${accountOf(spec)}`
    throw new SetupError({
      code: 'iis.pool-not-as-wanted',
      what: `The application pool ${spec.name} is not as it was set up.`,
      next: 'Check whether a group policy or another program changes it; then try this step again.',
      details: differences ?? ['It is not there.'],
    })
  },

  async undo({ name, former }, { machine }) {
    if (!former) {
      await deletePool(machine, name)
      return `The application pool ${name} is removed.`
    }
    if (await restorePool(machine, former)) return `The application pool ${name} is as it was.`
    throw new SetupError({
      code: 'undo.backup-gone',
      what: `The stopped copy of the application pool ${name} is gone.`,
      next: 'Set its account and password in IIS Manager, Advanced Settings.',
      untouched: 'The pool was left as it is.',
    })
  },

  /** Only now: what runs in it finds its former files. One that stood still may have been started on the way. */
  async settle({ name, former }, { machine }) {
    if (former?.state === 'Stopped') await stopPool(machine, name)
    if (former?.state !== 'Started') return ''
    await startPool(machine, name)
    return `The application pool ${name} runs again.`
  },

  script({ spec }) {
    return [
      check('Assert-NotInIis', { Kind: 'apppool', Name: spec.name }),
      command(programBelowWindows('appcmd'), createArguments(spec), inputOf(spec)),
    ]
  },
}

/** What appcmd reads, with a place for the password. */
function inputOf(spec: PoolSpec): Template | undefined {
  const input = poolInput(spec)
  if (input === undefined || spec.identity.account !== 'SpecificUser') return undefined
  const [before = '', after = ''] = input.split(`password="${HIDDEN}"`)
  const what = `Password of the account ${spec.identity.user}`
  const secret = { name: 'poolPassword', from: 'ask', what } as const
  return [`${before}password="`, { secret, spelled: ['xml'] }, `"${after}`]
}

async function look(machine: Machine, { spec, claim }: PoolInput): Promise<Found> {
  const pool = await readPool(machine, spec.name)
  if (!pool) return { state: 'absent', evidence: [`There is no application pool ${spec.name} yet.`] }
  const differences = (await differencesOf(machine, spec)) ?? []
  if (differences.length === 0)
    return { state: 'as-wanted', evidence: [`${spec.name} is there, with all settings as wanted.`] }
  const problem = claim === 'ours' ? undefined : poolTakeOverProblem(pool)
  if (problem) return { state: 'foreign', evidence: [problem.cause ?? problem.what, problem.next] }
  return { state: claim === 'none' ? 'foreign' : 'differs', evidence: differences }
}

/** What differs between the pool and what is wanted, or undefined when there is none. */
async function differencesOf(machine: Machine, spec: PoolSpec): Promise<readonly string[] | undefined> {
  const pool = await readPool(machine, spec.name)
  if (!pool) return undefined
  const { identity } = spec
  const otherPassword =
    identity.account === 'SpecificUser' && !(await passwordIs(machine, spec.name, identity.password))
  return [...poolDiffers(pool, spec), ...(otherPassword ? ['Its password is another one.'] : [])]
}

function accountOf({ identity }: PoolSpec): string {
  return identity.account === 'ApplicationPoolIdentity' ? identity.account : identity.user
}
