import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseTarget } from '../../electron/database/target.ts'
import { type NewDatabaseAnswers, query } from './database-access.ts'

/** A server, and who may make databases on it. */
type Administered = Pick<NewDatabaseAnswers, 'provider' | 'server' | 'port' | 'options'> & {
  readonly user: string
  readonly password: string
}

/** Names of all databases and logins of a server. */
const NAMES = {
  PostgreSQL: 'select datname from pg_database union all select rolname from pg_roles order by 1',
  MsSqlServer: 'select name from sys.databases union all select name from sys.server_principals order by 1',
}

/** What a login may beyond its own database and tables, as numbers of which each should be 0. */
const POWERS = {
  PostgreSQL: `select (rolsuper::int + rolcreatedb::int + rolcreaterole::int)::text from pg_roles where rolname = current_user
    union all select count(*)::text from pg_database where pg_get_userbyid(datdba) = current_user`,
  MsSqlServer: `select is_srvrolemember('sysadmin') + is_srvrolemember('dbcreator') + is_srvrolemember('securityadmin')
    union all select is_rolemember('db_owner')`,
}

/**
 * Writes the part “database” of answers that have a database and a login made, both of this name, into a file of the
 * working folder; the administrator’s password goes into a file beside it.
 */
export async function writeNewDatabase(
  work: string,
  name: string,
  { user, password, ...server }: Administered,
): Promise<void> {
  const passwordFile = join(work, `${name}-administrator.password`)
  await writeFile(passwordFile, password, { mode: 0o600 })
  const answers: NewDatabaseAnswers = {
    from: 'new',
    ...server,
    database: name,
    user: name,
    password: 'generate',
    administrator: { user, password: `file:${passwordFile}` },
  }
  await writeFile(join(work, `${name}.json`), JSON.stringify(answers, undefined, 2))
}

/** The databases and logins of a server, a line each. */
export async function databasesAndLogins(administrator: DatabaseTarget): Promise<string> {
  return (await query(administrator, NAMES[administrator.provider])).join('\n')
}

/** Holds that the login of a service owns neither server nor database. @throws Error when it does */
export async function holdLesserLogin(service: DatabaseTarget): Promise<void> {
  const powers = await query(service, POWERS[service.provider])
  if (powers.length !== 2 || powers.some((each) => each !== '0'))
    throw new Error(`The login of the service may do more than it needs: ${powers.join(', ')}.`)
}
