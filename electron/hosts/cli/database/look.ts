import type { ClientRowView, DatabaseContentsView } from '../../../contract/database.ts'
import { readContents, type ContentsOptions } from '../../../database/contents.ts'
import type { Installation } from '../../../service/installation.ts'
import { clientSecretIn } from '../../../steps/signing-look.ts'
import { invalidArguments, parseCommand } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit.ts'
import { referenceOf } from '../values.ts'
import { SOURCE_OPTIONS, sourceOf } from './source.ts'

const SECRETS: Readonly<Record<ClientRowView['secret'], string>> = {
  matches: 'the secret fits',
  differs: 'the secret differs',
  none: 'no secret',
  'not-compared': 'secret not compared',
}

/** `database look`: what a database holds of the service. */
export async function lookCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    {
      ...SOURCE_OPTIONS,
      client: { type: 'string' },
      secret: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    { least: 0, most: 1 },
  )
  const { machine, session, output } = context
  const { client: id, secret: reference } = values
  if (reference !== undefined && id === undefined) throw invalidArguments('--secret goes with --client.')
  const { database, installation } = await sourceOf(positionals[0], values, context)
  const secret =
    reference === undefined
      ? undefined
      : await session.references.open(referenceOf('--secret', reference), '--secret')
  const client =
    id === undefined
      ? installation && (await ownClient(installation, context))
      : { id, ...(secret ? { secret } : {}) }
  const look = await readContents(machine, database, client ? { client } : {})
  const contents = session.redactor.redactData(look)
  if (values.json) output.json(contents, 2)
  else printContents(contents, context)
  return EXIT.done
}

/** The client of an installation, as its settings have it; without one in them nothing is compared. */
async function ownClient(
  installation: Installation,
  { session }: CommandContext,
): Promise<ContentsOptions['client']> {
  const { clientId: id } = installation
  if (id === '') return undefined
  const secret = await clientSecretIn(session.machineOf(installation), installation)
  if (secret) session.redactor.register(secret)
  return { id, ...(secret ? { secret } : {}) }
}

function printContents(
  { summary, meaning, present, missing, migrations, clients }: DatabaseContentsView,
  { output }: CommandContext,
): void {
  output.line(summary)
  output.line(`  ${meaning}`)
  if (present.length > 0) output.line(`  Tables (${present.length}): ${present.join(', ')}`)
  if (missing.length > 0) output.line(`  Missing: ${missing.join(', ')}`)
  for (const { id, productVersion } of migrations) output.line(`  Migration ${id} (${productVersion})`)
  for (const { id, name, enabled, grantTypes, scopes, secret, created } of clients) {
    const off = enabled ? '' : ', disabled'
    const since = created === undefined ? '' : `, made ${created.slice(0, 10)}`
    output.line(`  Client ${id} “${name}”: ${SECRETS[secret]}${off}${since}`)
    output.line(`    Grant types: ${grantTypes.join(', ') || 'none'}`)
    output.line(`    Scopes: ${scopes.join(', ') || 'none'}`)
  }
}
