import type { SetupAnswers } from '../../contract/answers.ts'
import type { CheckReport } from '../../contract/check.ts'
import type { RunEvent, RunOutcome } from '../../contract/run.ts'
import { lockRuns } from '../../setup/lock.ts'
import type { Run } from '../../setup/run.ts'
import { certificateIn } from '../session/current-certificate.ts'
import { interruptedRunOf } from '../session/interrupted.ts'
import type { Prepared } from '../session/prepared.ts'
import { proveInstallation } from '../session/proof.ts'
import { leftToDo } from '../session/report-of.ts'
import { installationOf, prerequisitesOf } from '../session/scenarios.ts'
import { invalidArguments } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { EXIT } from './exit.ts'
import { goingOn } from './go-on.ts'
import { showPlan, warningLine } from './plan.ts'
import { progressPrinter } from './progress.ts'
import { preparedFrom, refuse } from './read-answers.ts'
import { reportFile, writeReport } from './report-file.ts'
import { needsAdministrator } from './task.ts'

/** The options of every command that carries answers out. */
export const RUN_OPTIONS = {
  json: { type: 'boolean', default: false },
  'on-failure': { type: 'string', default: 'undo' },
  report: { type: 'string' },
} as const

export interface RunWishes {
  readonly json: boolean
  readonly onFailure: 'undo' | 'stop'
  /** Full path of the report that is to be written. */
  readonly report: string | undefined
}

/** @throws SetupError `arguments.invalid` */
export function onFailureOf(text: string): 'undo' | 'stop' {
  if (text === 'undo' || text === 'stop') return text
  throw invalidArguments('--on-failure is followed by undo or stop.')
}

/** What every command offers that makes answers of its own arguments. */
export const OWN_ANSWERS_OPTIONS = { plan: { type: 'boolean', default: false }, ...RUN_OPTIONS } as const

/** Shows the plan of answers that a command has made, or carries them out. @throws SetupError `arguments.invalid` */
export async function planOrSetUp(
  answers: SetupAnswers,
  values: {
    readonly plan: boolean
    readonly json: boolean
    readonly 'on-failure': string
    readonly report?: string | undefined
  },
  context: CommandContext,
): Promise<number> {
  const { machine, session } = context
  const onFailure = onFailureOf(values['on-failure'])
  const report = await reportFile(machine, values.report)
  const checked = session.check(answers)
  if ('problems' in checked) return refuse(checked.problems, context)
  return values.plan
    ? showPlan(checked.answers, values, context)
    : setUp(checked.answers, { json: values.json, onFailure, report }, context)
}

/** Carries answers of any scenario out: prerequisites, run, proof, report. Resolves to the exit code. */
export async function setUp(
  answers: SetupAnswers,
  { json, onFailure, report }: RunWishes,
  context: CommandContext,
): Promise<number> {
  const { session, output, machine } = context
  const say = json ? (event: RunEvent) => output.json(event) : progressPrinter(output, onFailure === 'undo')
  const interrupted = await interruptedRunOf(session, answers)
  const result = await preparedFrom(goingOn(answers, interrupted), context)
  if ('problems' in result) return refuse(result.problems, context)
  const { prepared } = result
  if (prepared.plan.elevation === 'asked') throw needsAdministrator()
  const release = await lockRuns(machine, session.stateFolder, process.pid)
  try {
    // Both only read. What keeps a step from looking is told by the prerequisites in better words.
    const inspecting = session.inspect(prepared)
    inspecting.catch(() => {})
    if (!(await prerequisitesPass(prepared, context, say))) return EXIT.prerequisite
    const found = await inspecting
    const changes = [...found.values()].some(({ state }) => state !== 'as-wanted')
    // Also when nothing is left to do: a run that was ended just before its last word is over now.
    const continued = await interruptedRunOf(session, prepared.answers)
    const wishes = { ...(continued ? { continued } : {}), recorded: changes, found }
    if (changes && !json) sayWarnings(prepared, context)
    const run = await session.run(prepared, say, wishes)
    const outcome = await carryOut(run, onFailure)
    const proof = outcome === 'done' || outcome === 'as-wanted' ? await provenBy(prepared, context, say) : []
    if (report !== undefined) {
      const certificate = await certificateIn(session, prepared)
      const sources = { prepared, run: run.view, found, written: run.writtenFiles, proof }
      if (!(await writeReport(report, { ...sources, ...(certificate ? { certificate } : {}) }, context)))
        return EXIT.failed
    }
    if (outcome === 'done' && !json) sayLeftToDo(prepared, context)
    return exitCode(outcome, proof)
  } finally {
    await release()
  }
}

/** Runs; Ctrl+C ends it after the current step. A failure is taken back unless it was asked to be left. */
async function carryOut(run: Run, onFailure: 'undo' | 'stop'): Promise<RunOutcome> {
  const stop = () => run.stop()
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    const outcome = await run.go()
    return outcome === 'failed' && onFailure === 'undo' ? await run.rollBack() : outcome
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

async function prerequisitesPass(
  prepared: Prepared,
  { session, output }: CommandContext,
  say: (event: RunEvent) => void,
): Promise<boolean> {
  const checks = session.redactChecks(await prerequisitesOf(prepared))
  const failed = checks.filter(({ status }) => status === 'failed')
  for (const check of checks) sayCheck(check, say)
  if (failed.length > 0)
    output.error(
      `✖ ${failed.length === 1 ? 'A prerequisite' : `${failed.length} prerequisites`} failed. Nothing was changed.`,
    )
  return failed.length === 0
}

async function provenBy(
  prepared: Prepared,
  { session }: CommandContext,
  say: (event: RunEvent) => void,
): Promise<readonly CheckReport[]> {
  const installation = await installationOf(session, prepared)
  return proveInstallation(session, installation, { onCheck: (check) => sayCheck(check, say) })
}

/** As the plan has them: nobody has to have looked at it. */
function sayWarnings({ plan }: Prepared, { session, output }: CommandContext): void {
  for (const warning of session.redactor.redactData(plan.warnings)) output.line(warningLine(warning))
}

function sayLeftToDo(prepared: Prepared, { session, output }: CommandContext): void {
  const { settings, next } = leftToDo(session, prepared)
  output.line('Left to do:')
  for (const { label, value } of settings) output.line(`  ${label}: ${value}`)
  for (const step of next) output.line(`  – ${step}`)
}

function sayCheck(check: CheckReport, say: (event: RunEvent) => void): void {
  say({ type: 'check', at: new Date().toISOString(), check })
}

function exitCode(outcome: RunOutcome, proof: readonly CheckReport[]): number {
  if (outcome === 'stopped') return EXIT.stopped
  const proven = !proof.some(({ status }) => status === 'failed')
  return (outcome === 'done' || outcome === 'as-wanted') && proven ? EXIT.done : EXIT.failed
}
