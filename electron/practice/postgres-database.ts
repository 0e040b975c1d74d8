import { realpath } from 'node:fs/promises'
import type { Client } from 'pg'
import type { Secret } from '../secrets/secret.ts'

export interface Login {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: Secret
}

/** Creates a database unless it is there. */
export async function ensureDatabase(login: Login, database: string): Promise<void> {
  await withClient(login, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [database])
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`)
  })
}

/** Whether a server that answers at this address, and takes this password, serves this very data folder. */
export async function serves(login: Login, data: string): Promise<boolean> {
  try {
    const served = await withClient(login, async (client) => {
      const answer = await client.query<{ data_directory: string }>('show data_directory')
      return answer.rows[0]?.data_directory
    })
    return served !== undefined && (await realpath(served)) === (await realpath(data))
  } catch {
    return false
  }
}

async function withClient<T>(login: Login, use: (client: Client) => Promise<T>): Promise<T> {
  const { default: pg } = await import('pg')
  const { host, port, user, password } = login
  const client = new pg.Client({
    host,
    port,
    user,
    password: password.open(),
    database: 'postgres',
    connectionTimeoutMillis: 5000,
  })
  // A server that goes away emits an error nobody asked for, which would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await use(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
