import type { GrantWish } from '../grant-wish.ts'
import { bracketed, literal } from './names.ts'

const USUAL_SCHEMA = 'dbo'

/**
 * Makes a login's user in the open database. A user of that name that is there, as in a database that was restored from
 * another server, belongs to the login again.
 * @param schema its default schema; left out, it stays as it is
 * https://learn.microsoft.com/sql/sql-server/failover-clusters/troubleshoot-orphaned-users-sql-server
 */
export function userStatement(login: string, schema?: string): string {
  const user = bracketed(login)
  const place = schema === undefined ? [] : [`DEFAULT_SCHEMA = ${bracketed(schema)}`]
  return [
    `IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = ${literal(login)})`,
    `  CREATE USER ${[user, `FOR LOGIN ${user}`, ...place.map((each) => `WITH ${each}`)].join(' ')};`,
    'ELSE',
    `  ALTER USER ${user} WITH ${[...place, `LOGIN = ${user}`].join(', ')};`,
  ].join('\n')
}

/**
 * What the service needs in its schema: to make tables, to change them when it is updated, to read and write them.
 * https://learn.microsoft.com/sql/t-sql/statements/create-table-transact-sql#permissions-1
 */
export function rightsStatements(user: string, schema: string): readonly string[] {
  return [
    `GRANT CREATE TABLE TO ${bracketed(user)};`,
    `GRANT ALTER, REFERENCES, SELECT, INSERT, UPDATE, DELETE ON SCHEMA::${bracketed(schema)} TO ${bracketed(user)};`,
  ]
}

/** The script of {@link grantScript} for SQL Server. */
export function mssqlGrants({ database, user, schema = USUAL_SCHEMA, windowsLogin }: GrantWish): string {
  const owns = schema === USUAL_SCHEMA ? [] : ['', ...schemaPart(schema)]
  return [
    ...head(user, database),
    '',
    '-- 1. The login of the server.',
    `USE [master];`,
    ...(windowsLogin ? windowsLoginPart(user) : sqlLoginPart(user)),
    '',
    '-- 2. The user in the database, and where it creates its tables.',
    `USE ${bracketed(database)};`,
    ...userPart(user),
    userStatement(user, schema),
    ...owns,
    '',
    '-- 3. The rights: create tables; change, read and write them. Granting again does no harm.',
    ...rightsStatements(user, schema),
    '',
    ...(windowsLogin ? grantedPart(user) : ablePart(user, schema)),
    '',
  ].join('\n')
}

function ablePart(user: string, schema: string): readonly string[] {
  return [
    '-- 4. What the service will be able to do; each value should be 1.',
    `EXECUTE AS USER = ${literal(user)};`,
    `SELECT HAS_PERMS_BY_NAME(NULL, 'DATABASE', 'CREATE TABLE') AS may_create_tables,`,
    `       HAS_PERMS_BY_NAME(${literal(bracketed(schema))}, 'SCHEMA', 'ALTER') AS may_change_the_schema;`,
    'REVERT;',
  ]
}

/**
 * EXECUTE AS takes no built-in account, such as that of the network service, and asks the domain for others.
 * https://learn.microsoft.com/sql/t-sql/statements/execute-as-transact-sql
 */
function grantedPart(user: string): readonly string[] {
  return [
    '-- 4. What the account has now: CONNECT and CREATE TABLE in the database, six rights in the schema.',
    'SELECT permission_name, class_desc, state_desc FROM sys.database_permissions',
    `WHERE grantee_principal_id = DATABASE_PRINCIPAL_ID(${literal(user)}) ORDER BY class_desc, permission_name;`,
  ]
}

function head(user: string, database: string): readonly string[] {
  return [
    `-- Rights of Creatio's Identity Service in the database ${oneLine(database)}, for ${oneLine(user)}.`,
    '-- To be run by an administrator of SQL Server (sysadmin, or securityadmin and db_owner), in SQL Server',
    '-- Management Studio or sqlcmd. It may be run again: what is there stays as it is.',
    '-- Azure SQL Database has no USE: leave those lines out, run part 1 in master and the rest in the database.',
  ]
}

function sqlLoginPart(user: string): readonly string[] {
  return [
    `IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE name = ${literal(user)})`,
    '  -- The login is not there. Make it with a password of your choice, and enter that in the setup:',
    `  --   CREATE LOGIN ${oneLine(bracketed(user))} WITH PASSWORD = N'...';`,
    stop(`The login ${user} does not exist. Create it with a password, then run this script again.`),
  ]
}

/** A machine's account ends with `$`; an application pool's is `IIS APPPOOL\name` and of that machine only. */
function windowsLoginPart(account: string): readonly string[] {
  const pool = /^IIS APPPOOL\\/i.test(account)
  return [
    ...(pool
      ? [
          '-- An application pool has an account of its own on its machine only. If SQL Server runs on another machine, it sees',
          '-- the account of the web server instead: DOMAIN\\MACHINE$. Put that here then, in all places.',
        ]
      : []),
    `IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE name = ${literal(account)})`,
    `  CREATE LOGIN ${bracketed(account)} FROM WINDOWS;`,
  ]
}

/** A login has one user in a database. */
function userPart(login: string): readonly string[] {
  const [name, sid] = [literal(login), `SUSER_SID(${literal(login)})`]
  return [
    `IF EXISTS (SELECT 1 FROM sys.database_principals WHERE sid = ${sid} AND name <> ${name})`,
    stop(
      `The login ${login} is a user of this database already, by another name. If that is dbo, the login owns the database and needs no more rights.`,
    ),
  ]
}

/**
 * Ends the script with an error, as the statement of an IF.
 * https://learn.microsoft.com/sql/t-sql/language-elements/throw-transact-sql
 */
function stop(message: string): string {
  return `  THROW 50000, ${literal(message.replaceAll('%', '%%'))}, 1;`
}

function schemaPart(schema: string): readonly string[] {
  return [
    `IF SCHEMA_ID(${literal(schema)}) IS NULL`,
    `  EXEC (${literal(`CREATE SCHEMA ${bracketed(schema)}`)});`,
  ]
}

/** A comment ends where its line ends: a name must not end it. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029\u0085]/g, ' ')
}
