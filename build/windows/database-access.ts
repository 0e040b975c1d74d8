import { readFile } from 'node:fs/promises'
import { Client } from 'pg'
import type { Answers } from '../../electron/contract/answers.ts'
import {
  parseConnectionString,
  printConnectionString,
} from '../../electron/database/connection/connection-string.ts'
import { openMssql } from '../../electron/database/sql-server/open.ts'
import { mssqlSettings } from '../../electron/database/sql-server/settings.ts'
import type { DatabaseTarget } from '../../electron/database/target.ts'
import { realMachine } from '../../electron/machine/real.ts'
import { partsOfFields } from '../../electron/scenarios/new-installation/database-fields.ts'
import { Secret } from '../../electron/secrets/secret.ts'
import { installationIn } from '../../electron/service/installation.ts'
import { databaseOfService } from '../../electron/steps/service-database.ts'
import { filesOf } from '../../electron/steps/service-settings.ts'
import type { Server } from './server.ts'

/** Answers that have a database made. */
export type NewDatabaseAnswers = Extract<Answers['database'], { readonly from: 'new' }>

const PATIENCE_MS = 30_000

/** The database of the service in a folder, by the login of the service. */
export async function serviceDatabase({ machine, state }: Server, folder: string): Promise<DatabaseTarget> {
  return databaseOfService(machine, filesOf(await installationIn(machine, state, folder)))
}

/** A database of the server that answers name, by the administrator’s login. @throws Error when its password is in no file */
export async function administratorOf(
  answers: NewDatabaseAnswers,
  database: string,
): Promise<DatabaseTarget> {
  const { provider, server, port, options = '', administrator } = answers
  const { user, password: reference } = administrator
  if (!reference.startsWith('file:')) throw new Error('The password of the administrator is not in a file.')
  const password = new Secret(await readFile(reference.slice('file:'.length), 'utf8'))
  const fields = { provider, server, ...(port === undefined ? {} : { port }), database, user, options }
  const parts = partsOfFields(fields, password, 'database.administrator')
  return { provider, connectionString: printConnectionString(parts) }
}

/** Runs SQL, and gives the first column of its last statement’s rows. */
export async function query(target: DatabaseTarget, sql: string): Promise<readonly string[]> {
  return target.provider === 'PostgreSQL' ? queryPostgres(target, sql) : queryMssql(target, sql)
}

async function queryPostgres({ connectionString }: DatabaseTarget, sql: string): Promise<readonly string[]> {
  const { server: host, port = 5432, database, user, password } = parseConnectionString(connectionString)
  const client = new Client({ host, port, database, user, password: password?.open() })
  await client.connect()
  try {
    // More than one statement gives more than one result, which the types leave out.
    const results = [await client.query<Record<string, unknown>>(sql)].flat()
    return firstColumn(results.at(-1)?.rows ?? [])
  } finally {
    await client.end()
  }
}

async function queryMssql(target: DatabaseTarget, sql: string): Promise<readonly string[]> {
  const pool = await openMssql(realMachine(), mssqlSettings(target), AbortSignal.timeout(PATIENCE_MS))
  try {
    const { recordset } = await pool.request().batch<Record<string, unknown>>(sql)
    // Without rows there is no set of them, which the types leave out.
    return firstColumn((recordset as typeof recordset | undefined) ?? [])
  } finally {
    await pool.close()
  }
}

function firstColumn(rows: readonly Record<string, unknown>[]): readonly string[] {
  return rows.map((row) => String(Object.values(row)[0]))
}
