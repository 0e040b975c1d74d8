import { parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { answersFor, refuse } from './read-answers.ts'
import { reportFile } from './report-file.ts'
import { onFailureOf, RUN_OPTIONS, setUp } from './set-up.ts'

/** `apply`: prerequisites, run, proof, report. */
export async function applyCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    { ...RUN_OPTIONS, target: { type: 'string' } },
    { least: 1, most: 1 },
  )
  const file = positionals[0]!
  const { json, target } = values
  const onFailure = onFailureOf(values['on-failure'])
  const report = await reportFile(context.machine, values.report, file)
  const read = await answersFor({ file, target }, context)
  return 'problems' in read
    ? refuse(read.problems, context)
    : setUp(read.answers, { json, onFailure, report }, context)
}
