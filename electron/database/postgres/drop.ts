import type { Client } from 'pg'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Made, NewDatabase } from '../new-database.ts'
import { IS_TABLES, MIGRATIONS_TABLE } from '../identity-tables.ts'
import type { DatabaseTarget } from '../target.ts'
import { administratorOf, codeOf, type Administrator } from './administrator.ts'
import { quotedName } from './names.ts'

/** How long the server may take to end sessions. */
const PATIENCE_MS = 5000

const STRANGE_TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    -- A login that was made for the service has made whatever is its own; another may have put other things there.
    and not (pg_get_userbyid(c.relowner) = $1 and ($2 or c.relname = any($3)))
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  order by 1 limit 20`

const STRANGE_SESSIONS = `
  select distinct coalesce(usename, 'the server') || coalesce(' (' || nullif(application_name, '') || ')', '') as name
  from pg_stat_activity
  where datname = $1 and pid <> pg_backend_pid() and usename is distinct from $2
    and usename is not null
  order by 1 limit 20`

/** See `dropDatabase` of `create.ts`. */
export async function dropPostgres(
  machine: Machine,
  admin: DatabaseTarget,
  wanted: NewDatabase,
  made: Made,
): Promise<void> {
  const { database, user } = wanted
  const administrator = administratorOf(machine, admin)
  if (made.database && (await isThere(administrator, 'pg_database', 'datname', database))) {
    await refuseStrangers(administrator, wanted, made)
    await administrator.within((client) => drop(machine, client, wanted))
  }
  if (made.login && (await isThere(administrator, 'pg_roles', 'rolname', user)))
    await administrator.within((client) =>
      client.query(`DROP ROLE ${quotedName(user)}`).catch((error: unknown) => {
        throw notDropped(`The login ${user} could not be removed.`, error)
      }),
    )
}

/** `table` and `column` are constants of this file. */
async function isThere(
  administrator: Administrator,
  table: string,
  column: string,
  name: string,
): Promise<boolean> {
  return administrator.within(async (client) => {
    const found = await client.query(`select from ${table} where ${column} = $1`, [name])
    return found.rowCount === 1
  })
}

async function refuseStrangers(
  administrator: Administrator,
  { database, user }: NewDatabase,
  made: Made,
): Promise<void> {
  const [tables, sessions] = await administrator.within(async (client) => {
    const own = [...IS_TABLES, MIGRATIONS_TABLE]
    const strange = await client.query<{ name: string }>(STRANGE_TABLES, [user, made.login, own])
    const others = await client.query<{ name: string }>(STRANGE_SESSIONS, [database, user])
    return [strange.rows, others.rows]
  }, database)
  const found = [...tables, ...sessions].map(({ name }) => name)
  if (found.length === 0) return
  throw new SetupError({
    code: 'database.not-dropped',
    what:
      tables.length > 0
        ? `The database ${database} holds tables that are not the service’s.`
        : `Others are connected to the database ${database}.`,
    next: 'Drop the database by hand when nobody needs it.',
    untouched: 'The database and its login are as they were.',
    details: found,
  })
}

/** Keeps the service's login out, ends its sessions and drops the database; lets it in again when that fails. */
async function drop(machine: Machine, client: Client, { database, user }: NewDatabase): Promise<void> {
  const base = quotedName(database)
  const rights = `CONNECT ON DATABASE ${base}`
  await client.query(`REVOKE ${rights} FROM ${quotedName(user)}`).catch(() => undefined)
  const until = machine.clock.monotonic() + PATIENCE_MS
  for (;;)
    try {
      await endSessions(client, database, user)
      await client.query(`DROP DATABASE ${base}`)
      return
    } catch (error) {
      // 55006: sessions that end are still counted for a moment.
      if (codeOf(error) === '55006' && machine.clock.monotonic() < until) {
        await machine.clock.sleep(100)
        continue
      }
      await client.query(`GRANT ${rights} TO ${quotedName(user)}`).catch(() => undefined)
      throw notDropped(`The database ${database} could not be dropped.`, error)
    }
}

async function endSessions(client: Client, database: string, user: string): Promise<void> {
  const end = (): Promise<unknown> =>
    client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = $2 and pid <> pg_backend_pid()',
      [database, user],
    )
  try {
    await end()
  } catch (error) {
    if (codeOf(error) !== '42501') throw error
    // Who made a role may become a member of it, and a member may end its sessions.
    await client.query(`GRANT ${quotedName(user)} TO CURRENT_USER`)
    await end()
  }
}

function notDropped(what: string, error: unknown): SetupError {
  const { message } = error as Error
  return new SetupError(
    {
      code: 'database.not-dropped',
      what,
      next: 'Remove it by hand; the server’s words say what holds it.',
      details: [`ERROR ${codeOf(error) ?? ''}: ${message}`],
    },
    { cause: error },
  )
}
