import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readRights } from '../../electron/windows/acl-file.ts'
import { query, serviceDatabase } from './database-access.ts'
import type { Footprint } from './footprint.ts'
import type { Server } from './server.ts'

/**
 * What a service that is stopped and started changes by itself: it writes logs, and IIS may write out that its pool
 * starts by itself, which is the default. The lists of pools and sites hold what counts of that file.
 */
const LEFT_OUT = ['files', 'rights', 'applicationHost.config']

/** What a change of a client may change beside IIS, and what taking it back has to bring back. */
const CHANGED = ['rows of clients', 'settings']

/**
 * The footprint of a server with a service on it, without the files of the service, but with its settings, who may read
 * them, and all rows of clients. Of secrets there are only digests.
 */
export async function clientFootprint(server: Server, target: string, on: Footprint): Promise<Footprint> {
  const settings = join(target, 'appsettings.json')
  const kept = Object.entries(on).filter(([name]) => !LEFT_OUT.includes(name))
  return {
    ...Object.fromEntries(kept),
    settings: digest(await readFile(settings)),
    'rights of the settings': JSON.stringify(await readRights(server.machine, settings, server.work)),
    'rows of clients': (await clientRows(server, target)).join('\n'),
  }
}

/**
 * Holds the parts that a change of a client has changed against those that it should.
 * @throws Error that names both
 */
export function holdChanged(what: string, changed: readonly string[]): void {
  if (changed.toSorted().join() === CHANGED.join()) return
  throw new Error(`${what} changed ${changed.join(', ') || 'nothing'} instead of ${CHANGED.join(' and ')}.`)
}

async function clientRows(server: Server, target: string): Promise<string[]> {
  const database = await serviceDatabase(server, target)
  const postgres = database.provider === 'PostgreSQL'
  const schema = postgres ? 'current_schema()' : 'schema_name()'
  const tables = await query(
    database,
    `select table_name from information_schema.tables where table_schema = ${schema} and table_name like 'Client%' order by 1`,
  )
  const found: string[] = []
  for (const table of tables) {
    const rows = postgres
      ? `select t::text from "${table}" t order by "Id"`
      : `select (select t.* for json path, without_array_wrapper, include_null_values) from [${table}] t order by t.[Id]`
    for (const row of await query(database, rows)) found.push(`${table} ${digest(row)}`)
  }
  if (found.length === 0) throw new Error('No row of a client was found.')
  return found
}

function digest(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}
