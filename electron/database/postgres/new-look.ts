import type { Client } from 'pg'
import type { Problem } from '../../contract/problem.ts'
import type { NewDatabase, NewDatabaseLook } from '../new-database.ts'

/** What the server says of the names that are wanted, and of the administrator. */
export interface NewStanding {
  readonly me: string
  readonly login: boolean
  readonly login_superuser: boolean | null
  readonly database: boolean
  readonly may_create_database: boolean
  readonly may_create_role: boolean
  readonly standby: boolean
  readonly version: number
  readonly password_encryption: string
}

const STANDING = `
  select current_user as me,
         exists (select from pg_roles where rolname = $1) as login,
         (select rolsuper from pg_roles where rolname = $1) as login_superuser,
         exists (select from pg_database where datname = $2) as database,
         r.rolsuper or r.rolcreatedb as may_create_database,
         r.rolsuper or r.rolcreaterole as may_create_role,
         pg_is_in_recovery() as standby,
         current_setting('server_version_num')::int as version,
         current_setting('password_encryption') as password_encryption
  from pg_roles r where r.rolname = current_user`

export async function standingOf(client: Client, { user, database }: NewDatabase): Promise<NewStanding> {
  return (await client.query<NewStanding>(STANDING, [user, database])).rows[0]!
}

/** What keeps the database from being made, and what is to be said about it. */
export function judgeNew(standing: NewStanding, wanted: NewDatabase): NewDatabaseLook {
  return {
    database: standing.database ? 'present' : 'absent',
    login: standing.login ? 'present' : 'absent',
    problems: [...nameProblems(wanted), ...serverProblems(standing), ...missingRights(standing)],
    notes: notesOn(standing, wanted),
  }
}

function notesOn(standing: NewStanding, { user, database }: NewDatabase): string[] {
  return [
    ...(standing.database ? [`There is a database ${database} already.`] : []),
    ...(standing.login
      ? [`There is a login ${user} already. It is used as it is; its password and rights are not changed.`]
      : []),
    ...(standing.login_superuser
      ? [`The login ${user} is a superuser, which is more than the service needs.`]
      : []),
    ...(standing.password_encryption === 'md5' && !standing.login
      ? [
          'The server makes MD5 passwords by default. This login gets a SCRAM-SHA-256 one, which the method “md5” of pg_hba.conf accepts as well.',
        ]
      : []),
  ]
}

/** https://www.postgresql.org/docs/current/sql-createrole.html: names that begin with pg_ are the server's own. */
function nameProblems({ user, database }: NewDatabase): Problem[] {
  const bad = (name: string): boolean =>
    name === '' || name.includes('\0') || !name.isWellFormed() || Buffer.byteLength(name) > 63
  const problems: Problem[] = []
  if (bad(user) || /^(pg_|public$|none$)/.test(user))
    problems.push({
      code: 'database.login-name',
      what: `A login of PostgreSQL cannot be called “${user}”.`,
      next: 'Choose a name of at most 63 bytes that does not begin with pg_.',
    })
  if (bad(database) || ['postgres', 'template0', 'template1'].includes(database))
    problems.push({
      code: 'database.name',
      what: `The service’s database cannot be called “${database}”.`,
      next: 'Choose a name of at most 63 bytes that is not one of the server’s own databases.',
    })
  return problems
}

function serverProblems({ standby, version }: NewStanding): Problem[] {
  if (standby)
    return [
      {
        code: 'database.standby',
        what: 'The server is a read-only standby and makes no databases.',
        next: 'Enter the primary server.',
      },
    ]
  // SCRAM and identity columns came with it. https://www.postgresql.org/docs/release/10.0/
  if (version < 100_000)
    return [
      {
        code: 'database.version',
        what: 'The server is older than PostgreSQL 10, which the service cannot use.',
        next: 'Enter a newer server.',
      },
    ]
  return []
}

function missingRights(standing: NewStanding): Problem[] {
  const { me, login, database } = standing
  const missing = [
    ...(database || standing.may_create_database ? [] : [{ what: 'databases', right: 'CREATEDB' }]),
    ...(login || standing.may_create_role ? [] : [{ what: 'logins', right: 'CREATEROLE' }]),
  ]
  return missing.map(({ what, right }) => ({
    code: 'database.administrator',
    what: `${me} may not create ${what} on this server.`,
    cause: `The role lacks ${right}.`,
    next: `Enter the login of an administrator with ${right}, or let one create the database.`,
    untouched: 'Nothing was made.',
  }))
}
