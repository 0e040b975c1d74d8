import type { GrantWish } from '../grants.ts'
import { bracketed, literal } from './names.ts'

const USUAL_SCHEMA = 'dbo'

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
  const owns = schema.toLowerCase() === USUAL_SCHEMA ? [] : ['', ...schemaPart(schema)]
  return [
    ...head(user, database),
    '',
    '-- 1. The login of the server.',
    `USE [master];`,
    ...(windowsLogin ? windowsLoginPart(user) : sqlLoginPart(user)),
    '',
    '-- 2. The user in the database, and where it creates its tables.',
    `USE ${bracketed(database)};`,
    ...userPart(user, schema),
    ...owns,
    '',
    '-- 3. The rights: create tables; change, read and write them. Granting again does no harm.',
    ...rightsStatements(user, schema),
    '',
    '-- 4. What the service will be able to do; each value should be 1.',
    `EXECUTE AS USER = ${literal(user)};`,
    `SELECT HAS_PERMS_BY_NAME(NULL, 'DATABASE', 'CREATE TABLE') AS may_create_tables,`,
    `       HAS_PERMS_BY_NAME(${literal(bracketed(schema))}, 'SCHEMA', 'ALTER') AS may_change_the_schema;`,
    'REVERT;',
    '',
  ].join('\n')
}

function head(user: string, database: string): readonly string[] {
  return [
    `-- Rights of Creatio's Identity Service in the database ${oneLine(database)}, for ${oneLine(user)}.`,
    '-- To be run by an administrator of SQL Server (sysadmin, or securityadmin and db_owner), in SQL Server',
    '-- Management Studio or sqlcmd. It may be run again: what is there stays as it is.',
  ]
}

function sqlLoginPart(user: string): readonly string[] {
  return [
    `IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE name = ${literal(user)})`,
    '  -- The login is not there. Make it with a password of your choice, and enter that in the setup:',
    `  --   CREATE LOGIN ${oneLine(bracketed(user))} WITH PASSWORD = N'...';`,
    `  THROW 50000, ${literal(`The login ${user} does not exist. Create it with a password, then run this script again.`)}, 1;`,
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

function userPart(user: string, schema: string): readonly string[] {
  return [
    `IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = ${literal(user)})`,
    `  CREATE USER ${bracketed(user)} FOR LOGIN ${bracketed(user)} WITH DEFAULT_SCHEMA = ${bracketed(schema)};`,
    'ELSE',
    `  ALTER USER ${bracketed(user)} WITH DEFAULT_SCHEMA = ${bracketed(schema)};`,
  ]
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
