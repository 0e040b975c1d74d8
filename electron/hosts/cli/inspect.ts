import { resolve } from 'node:path'
import { inspectConnectionString } from '../../checks/inspect/inspect-connection-string.ts'
import { inspectFile } from '../../checks/inspect/inspect-file.ts'
import type { Inspection } from '../../checks/inspect/inspection.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { connectionOptions, SOURCE_OPTIONS } from './database/source.ts'
import { EXIT } from './exit.ts'

/** `inspect`: what the program reads in a file, a folder or a connection string, and what it would refuse. */
export async function inspectCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { 'connection-string': connectionString, provider, service } = SOURCE_OPTIONS
  const { values, positionals } = parseCommand(
    args,
    {
      'connection-string': connectionString,
      provider,
      service,
      json: { type: 'boolean', default: false },
    },
    { least: 0, most: 1 },
  )
  const { machine, session, output } = context
  const [file] = positionals
  if ((file === undefined) === (values['connection-string'] === undefined))
    throw invalidArguments('Name a file or folder, or a connection string (--connection-string REF).')
  const found: Inspection =
    file === undefined ? await inspectTyped(values, context) : await inspectFile(machine, resolve(file))
  const inspection = session.redactor.redactData(found)
  if (values.json) output.json(inspection, 2)
  else {
    output.line(`This is: ${inspection.kind}`)
    for (const { label, value } of inspection.facts) output.line(`  ${label}: ${value}`)
    for (const warning of inspection.warnings) output.line(`! ${warning}`)
    for (const problem of inspection.refusals) output.problem(problem)
  }
  return inspection.refusals.length > 0 ? EXIT.prerequisite : EXIT.done
}

async function inspectTyped(
  values: Parameters<typeof connectionOptions>[0],
  context: CommandContext,
): Promise<Inspection> {
  const { text, ...options } = await connectionOptions(values, context)
  return inspectConnectionString(text, options)
}
