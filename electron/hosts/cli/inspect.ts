import { resolve } from 'node:path'
import { inspectFile } from '../../checks/inspect/inspect-file.ts'
import { parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { EXIT } from './exit.ts'

/** `inspect`: what the program reads in a file or folder, and what it would refuse. */
export async function inspectCommand(
  args: readonly string[],
  { machine, session, output }: CommandContext,
): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    { json: { type: 'boolean', default: false } },
    { least: 1, most: 1 },
  )
  const inspection = session.redactor.redactData(await inspectFile(machine, resolve(positionals[0]!)))
  if (values.json) output.json(inspection, 2)
  else {
    output.line(`This is: ${inspection.kind}`)
    for (const { label, value } of inspection.facts) output.line(`  ${label}: ${value}`)
    for (const warning of inspection.warnings) output.line(`! ${warning}`)
    for (const problem of inspection.refusals) output.problem(problem)
  }
  return inspection.refusals.length > 0 ? EXIT.prerequisite : EXIT.done
}
