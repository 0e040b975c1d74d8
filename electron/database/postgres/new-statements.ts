import type { NewDatabase } from '../new-database.ts'
import { HIDDEN_VALUE } from '../../contract/database.ts'
import { quotedName, quotedText } from './names.ts'

type Names = Pick<NewDatabase, 'database' | 'user'>

/** @param verifier what the server is to store of the password */
export function createRole({ user }: Names, verifier: string): string {
  return `CREATE ROLE ${quotedName(user)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD ${quotedText(verifier)}`
}

/** template0, as template1 may hold what others have put there, in another encoding. */
export function createDatabaseStatement({ database }: Names): string {
  return `CREATE DATABASE ${quotedName(database)} ENCODING 'UTF8' TEMPLATE template0`
}

/** Nobody but the login gets in; to be run anywhere on the server. */
export function databaseRights({ database, user }: Names): readonly string[] {
  return [
    `REVOKE ALL ON DATABASE ${quotedName(database)} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${quotedName(database)} TO ${quotedName(user)}`,
  ]
}

/** To be run in the new database. */
export function schemaRights({ user }: Names): readonly string[] {
  return [
    'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
    `GRANT USAGE, CREATE ON SCHEMA public TO ${quotedName(user)}`,
  ]
}

/**
 * All of it, as it is shown, and as psql runs it: `\connect`, because rights in a schema are given in its own database.
 * https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-META-COMMAND-C-LC
 */
export function newStatements(names: Names): readonly string[] {
  const ended = (statement: string): string => `${statement};`
  return [
    ...[createRole(names, HIDDEN_VALUE), createDatabaseStatement(names), ...databaseRights(names)].map(ended),
    `\\connect ${quotedName(names.database)}`,
    ...schemaRights(names).map(ended),
  ]
}
