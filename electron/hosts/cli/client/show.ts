import type { ClientChangeView } from '../../../contract/client.ts'
import { lookAtClients } from '../../../scenarios/change-client/look.ts'
import { parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit.ts'
import { INSTALLATION_OPTIONS, installationIn } from '../installation-options.ts'

const SECRETS = {
  matches: 'the secret of the settings fits the database',
  differs: 'the secret of the settings differs from the database',
  none: 'no secret in the database',
  'not-compared': 'secret not compared',
} as const

/** `client show`: the clients of a service, as its settings and its database have them. */
export async function showCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values } = parseCommand(args, {
    ...INSTALLATION_OPTIONS,
    json: { type: 'boolean', default: false },
  })
  const { session, output } = context
  const { installation, practice = false } = await installationIn(values, context)
  const { stateFolder, redactor } = session
  const machine = session.machineOf({ practice })
  const look = await lookAtClients({ installation }, { machine, stateFolder, redactor, practice })
  const view = session.redactor.redactData(look)
  if (values.json) output.json(view, 2)
  else print(view, context)
  return EXIT.done
}

function print(view: ClientChangeView, { output }: CommandContext): void {
  const { name, publicUrl, settings, database, current, clients, problem } = view
  output.line(`${name}, ${publicUrl}`)
  output.line(`  Settings: ${settings}`)
  output.line(`  Database: ${database.database} on ${database.server} (${database.provider})`)
  for (const client of clients) {
    const mark = client.id === current ? '*' : ' '
    output.line(`${mark} ${client.id} “${client.name}”${client.shipped ? ', came with the archive' : ''}`)
    output.line(`    ${client.row ? SECRETS[client.row.secret] : 'not in the database'}`)
    output.line(`    Grant types: ${client.grantTypes.join(', ') || 'none'}`)
    output.line(`    Scopes: ${client.scopes.join(', ') || 'none'}`)
  }
  if (current !== '') output.line('* is the client that Creatio uses.')
  if (problem) output.problem(problem)
}
