import { dirname, resolve } from 'node:path'
import { problemOf } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { reportHtml } from '../../report/page.ts'
import { reportJson } from '../../report/report.ts'
import { reportOf, type ReportSources } from '../session/report-of.ts'
import { invalidArguments } from './arguments.ts'
import type { CommandContext } from './context.ts'

/**
 * Where a report goes. One that cannot be written is better known before anything is changed.
 * @param answers the answer file, which must not be replaced
 * @throws SetupError `arguments.invalid`
 */
export async function reportFile(
  { files }: Machine,
  name: string | undefined,
  answers?: string,
): Promise<string | undefined> {
  if (name === undefined) return undefined
  const file = resolve(name)
  if (answers !== undefined && [file, besideReport(file)].includes(resolve(answers)))
    throw invalidArguments('The report, or its JSON beside it, would take the place of the answer file.')
  if ((await files.info(dirname(file)))?.kind !== 'folder' || !(await files.mayWrite(dirname(file))))
    throw invalidArguments('The folder for the report is not there, or this user may not write to it.')
  if ((await files.info(file))?.kind === 'folder')
    throw invalidArguments('--report is followed by the name of a file, and this is a folder.')
  return file
}

/** The report's JSON stands beside it, under the same name. */
function besideReport(file: string): string {
  return file.replace(/(\.html?)?$/i, '.json')
}

/** Resolves to whether it was written: the setup is over when this fails, so it is said and changes nothing else. */
export async function writeReport(
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
