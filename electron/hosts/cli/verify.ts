import { resolve } from 'node:path'
import type { CheckReport } from '../../contract/check.ts'
import { installationIn } from '../../service/installation.ts'
import { proveInstallation } from '../session/proof.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { EXIT, exitCodeOf } from './exit.ts'
import { answersFrom } from './read-answers.ts'

/** `verify`: proves an installation that is there. */
export async function verifyCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    { target: { type: 'string' }, json: { type: 'boolean', default: false } },
    { least: 0, most: 1 },
  )
  const { machine, session, output } = context
  const [file] = positionals
  if ((file === undefined) === (values.target === undefined))
    throw invalidArguments('Name either an answer file or the folder of the installation (--target).')
  let target = resolve(values.target ?? '')
  if (file !== undefined) {
    const read = await answersFrom(file, context)
    if ('problems' in read) {
      for (const problem of read.problems) output.problem(problem)
      return Math.max(...read.problems.map(exitCodeOf))
    }
    target = read.answers.service.target
  }
  const installation = await installationIn(machine, session.stateFolder, target)
  if (!values.json) output.line(`${installation.name}, ${installation.publicUrl}`)
  const onCheck = (check: CheckReport) => output.check(check)
  const checks = await proveInstallation(session, installation, values.json ? {} : { onCheck })
  if (values.json) output.json({ installation, checks }, 2)
  return checks.some(({ status }) => status === 'failed') ? EXIT.failed : EXIT.done
}
