import { resolve } from 'node:path'
import { parseConnectionString } from '../../../database/connection/connection-string.ts'
import { grantScript } from '../../../database/grants.ts'
import { invalidArguments, parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit.ts'
import { SOURCE_OPTIONS, sourceOf } from './source.ts'

/** `database grants`: SQL for the database's administrator, without any secret. */
export async function grantsCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    { ...SOURCE_OPTIONS, account: { type: 'string' }, schema: { type: 'string' }, out: { type: 'string' } },
    { least: 0, most: 1 },
  )
  const { machine, output } = context
  const { database: target } = await sourceOf(positionals[0], values, context)
  const { provider } = target
  const { database, user, windowsLogin } = parseConnectionString(target.connectionString, provider)
  const { account, schema } = values
  if (windowsLogin && account === undefined)
    throw invalidArguments('With a Windows login, name the account that the service runs under (--account).')
  if (!windowsLogin && account !== undefined)
    throw invalidArguments('--account goes with a connection string that has a Windows login.')
  const { text } = grantScript({
    provider,
    database,
    user: account ?? user,
    ...(schema === undefined ? {} : { schema }),
    ...(windowsLogin ? { windowsLogin } : {}),
  })
  if (values.out === undefined) output.line(text.trimEnd())
  else {
    const file = resolve(values.out)
    await machine.files.write(file, text)
    output.line(`${file} is for the administrator of the database.`)
  }
  return EXIT.done
}
