import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseLayer } from '../../electron/contract/check.ts'
import type { DatabaseContentsView } from '../../electron/contract/database.ts'
import type { DatabaseTarget } from '../../electron/database/target.ts'
import type { Client } from './ask-token.ts'
import { query } from './database-access.ts'
import { programEnding, say } from './program.ts'
import type { Server } from './server.ts'

/**
 * Tries what the program has to say about the database of a service that was just set up: the client in it has the
 * secret of the settings, the server takes the SQL for its administrator, and then each layer of the connection holds.
 * @param administrator in the database of the service; left out: the SQL is written down only.
 * @throws Error with what does not hold
 */
export async function tryDatabaseCommands(
  server: Server,
  about: { readonly name: string; readonly target: string; readonly client: Client },
  administrator?: DatabaseTarget,
): Promise<void> {
  const { name, target, client } = about
  const secret = join(server.work, `${name}-client.secret`)
  await writeFile(secret, client.secret, { mode: 0o600 })
  const asked = ['--client', client.id, '--secret', `file:${secret}`, '--json']
  const look = await programEnding(server, 0, ['database', 'look', '--target', target, ...asked])
  const { verdict, clients } = JSON.parse(look.stdout) as DatabaseContentsView
  const fits = clients.find(({ id }) => id === client.id)?.secret
  if (verdict !== 'reuse' || fits !== 'matches')
    throw new Error(`The database is told to be “${verdict}”, and the secret of the client “${fits}”.`)

  const script = join(server.artifacts, `${name}-grants.sql`)
  await programEnding(server, 0, ['database', 'grants', '--target', target, '--out', script])
  if (administrator) await query(administrator, await readFile(script, 'utf8'))
  await holdLayers(server, target)
  say(`Checked: database test, look and grants${administrator ? ', whose SQL the server takes' : ''}.`)
}

async function holdLayers(server: Server, target: string): Promise<void> {
  const { stdout } = await programEnding(server, 0, ['database', 'test', '--target', target, '--json'])
  const layers = JSON.parse(stdout) as readonly DatabaseLayer[]
  const untried = layers.filter(({ state }) => !['passed', 'warning', 'not-applicable'].includes(state))
  if (layers.length === 0 || untried.length > 0)
    throw new Error(
      `The connection does not hold: ${untried.map(({ id, state }) => `${id} ${state}`).join(', ')}.`,
    )
}
