import { dirname, resolve } from 'node:path'
import { checkPrerequisites } from '../../checks/prerequisites/prerequisites.ts'
import type { CheckReport } from '../../contract/check.ts'
import { problemOf } from '../../contract/problem.ts'
import type { RunEvent, RunOutcome } from '../../contract/run.ts'
import type { Machine } from '../../machine/machine.ts'
import { reportHtml } from '../../report/page.ts'
import { reportJson } from '../../report/report.ts'
import { lockRuns } from '../../setup/lock.ts'
import { installationIn } from '../../service/installation.ts'
import type { Run } from '../../setup/run.ts'
import { interruptedRunOf } from '../session/interrupted.ts'
import { proveInstallation } from '../session/proof.ts'
import { reportOf, type ReportSources } from '../session/report-of.ts'
import { prerequisiteSubject, type Prepared } from '../session/session.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { EXIT, exitCodeOf } from './exit.ts'
import { progressPrinter } from './progress.ts'
import { needsAdministrator } from './task.ts'
import { preparedFrom } from './read-answers.ts'

/** `apply`: prerequisites, run, proof, report. */
export async function applyCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    {
      json: { type: 'boolean', default: false },
      'on-failure': { type: 'string', default: 'undo' },
      report: { type: 'string' },
    },
    { least: 1, most: 1 },
  )
  const onFailure = values['on-failure']
  if (onFailure !== 'undo' && onFailure !== 'stop')
    throw invalidArguments('--on-failure is followed by undo or stop.')
  const { session, output, machine } = context
  const report = values.report === undefined ? undefined : resolve(values.report)
  if (report !== undefined) await refuseReport(machine, report, resolve(positionals[0]!))
  const say = values.json ? (event: RunEvent) => output.json(event) : progressPrinter(output)
  const result = await preparedFrom(positionals[0]!, context)
  if ('problems' in result) {
    for (const problem of result.problems) output.problem(problem)
    return Math.max(...result.problems.map(exitCodeOf))
  }
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
    const run = await session.run(prepared, say, wishes)
    const outcome = await carryOut(run, onFailure)
    const proof = outcome === 'done' || outcome === 'as-wanted' ? await provenBy(prepared, context, say) : []
    const sources = { prepared, run: run.view, found, written: run.writtenFiles, proof }
    const written = report === undefined || (await writeReport(report, sources, context))
    return written ? exitCode(outcome, proof) : EXIT.failed
  } finally {
    await release()
  }
}

/** A report that cannot be written is better known before anything is changed. */
async function refuseReport({ files }: Machine, file: string, answers: string): Promise<void> {
  if (file === answers || besideReport(file) === answers)
    throw invalidArguments('The report, or its JSON beside it, would take the place of the answer file.')
  if ((await files.info(dirname(file)))?.kind !== 'folder' || !(await files.mayWrite(dirname(file))))
    throw invalidArguments('The folder for the report is not there, or this user may not write to it.')
  if ((await files.info(file))?.kind === 'folder')
    throw invalidArguments('--report is followed by the name of a file, and this is a folder.')
}

/** The report's JSON stands beside it, under the same name. */
function besideReport(file: string): string {
  return file.replace(/(\.html?)?$/i, '.json')
}

/** The setup is over when this fails, so it is said and changes nothing else. */
async function writeReport(
  file: string,
  sources: ReportSources,
  { machine, session, output }: CommandContext,
): Promise<boolean> {
  try {
    const report = reportOf(session, sources)
    await machine.files.write(file, reportHtml(report))
    await machine.files.write(besideReport(file), reportJson(report))
    return true
  } catch (error) {
    output.problem({
      ...problemOf(error),
      untouched: 'The setup itself is over; only its report is missing.',
    })
    return false
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
  const checks = session.redactChecks(await checkPrerequisites(prerequisiteSubject(prepared), {}))
  const failed = checks.filter(({ status }) => status === 'failed')
  for (const check of checks) sayCheck(check, say)
  if (failed.length > 0)
    output.error(
      `✖ ${failed.length === 1 ? 'A prerequisite' : `${failed.length} prerequisites`} failed. Nothing was changed.`,
    )
  return failed.length === 0
}

async function provenBy(
  { answers }: Prepared,
  { session, machine }: CommandContext,
  say: (event: RunEvent) => void,
): Promise<readonly CheckReport[]> {
  const installation = await installationIn(machine, session.stateFolder, answers.service.target)
  return proveInstallation(session, installation, { onCheck: (check) => sayCheck(check, say) })
}

function sayCheck(check: CheckReport, say: (event: RunEvent) => void): void {
  say({ type: 'check', at: new Date().toISOString(), check })
}

function exitCode(outcome: RunOutcome, proof: readonly CheckReport[]): number {
  if (outcome === 'stopped') return EXIT.stopped
  const proven = !proof.some(({ status }) => status === 'failed')
  return (outcome === 'done' || outcome === 'as-wanted') && proven ? EXIT.done : EXIT.failed
}
