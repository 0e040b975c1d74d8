import { resolve } from 'node:path'
import { SetupError } from '../../contract/problem.ts'
import { installationId, readInstallation } from '../../service/installation.ts'
import { recordedRuns, type Journal } from '../../setup/journal.ts'
import { lockRuns } from '../../setup/lock.ts'
import { lookAtToken } from '../../windows/token.ts'
import { isIn } from '../session/interrupted.ts'
import type { Session } from '../session/session.ts'
import { takeBackRun } from '../session/take-back.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { EXIT } from './exit.ts'
import { progressPrinter } from './progress.ts'
import { needsAdministrator } from './task.ts'

/**
 * `undo`: takes back by its journal what was done last to the service in a folder: its setup, the replacement of its
 * certificate or the change of its client. What was changed since is left and named.
 */
export async function undoCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values } = parseCommand(args, { target: { type: 'string' } }, { least: 0, most: 0 })
  if (values.target === undefined)
    throw invalidArguments('Name the folder of the installation (--target FOLDER).')
  const { machine, session, output } = context
  const target = resolve(values.target)
  const release = await lockRuns(machine, session.stateFolder, process.pid)
  try {
    const { journals } = await recordedRuns(machine, session.stateFolder)
    const [newest, ...earlier] = journals.filter((journal) => concerns(session, journal, target))
    if (!newest) throw nothingToUndo(target)
    const { windows, ...rest } = session.machineOf(newest.head)
    if (windows && (await underIis(newest, target, context))) {
      const { elevated } = await lookAtToken({ ...rest, windows })
      if (!elevated) throw needsAdministrator()
    }
    output.line(`Taking back “${newest.head.title}” of ${newest.head.at.slice(0, 16).replace('T', ' ')}`)
    const run = await takeBackRun(session, newest, progressPrinter(output))
    const outcome = await run.rollBack()
    if (earlier.length > 0)
      output.line(
        `An earlier setup into this folder can be taken back by the same command (${earlier.length}).`,
      )
    return outcome === 'undone' ? EXIT.done : EXIT.failed
  } finally {
    await release()
  }
}

/** Whether a run has something left of what it did to the installation in a folder. */
function concerns(session: Session, journal: Journal, target: string): boolean {
  const { installation } = (journal.head.answers ?? {}) as { readonly installation?: unknown }
  const about = isIn(session, journal, target) || installation === installationId(target)
  return about && journal.undoEntries().length > 0
}

/** Answers of a new installation say so themselves; for others there is its record. Unknown is taken for IIS. */
async function underIis(
  { head }: Journal,
  target: string,
  { machine, session }: CommandContext,
): Promise<boolean> {
  const { hosting } = (head.answers ?? {}) as { readonly hosting?: unknown }
  const record = await readInstallation(machine, session.stateFolder, installationId(target))
  return (hosting ?? record?.hosting) !== 'docker'
}

function nothingToUndo(target: string): SetupError {
  return new SetupError({
    code: 'undo.nothing',
    what: 'No setup into this folder has anything left to be taken back.',
    where: { file: target },
    next: 'Name the folder the service was installed into.',
    untouched: 'Nothing was changed.',
  })
}
