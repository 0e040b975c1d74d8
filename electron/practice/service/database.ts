import type { Pool, PoolClient, PoolConfig } from 'pg'
import type { DotnetException } from './failure.ts'
import { StartFailure } from './failure.ts'
import { readConnectionString } from './npgsql.ts'
import { CLIENT_TABLES } from './schema/clients.ts'
import { GRANT_TABLES } from './schema/grants.ts'
import { RESOURCE_TABLES } from './schema/resources.ts'
import type { Settings } from './settings.ts'

/** SQLSTATE of a database that is not there. */
const NO_DATABASE = '3D000'

/**
 * Opens the database of the settings and makes what is missing: the database itself, where the login may, and the
 * tables, all in one transaction. Throws a StartFailure in the words of Entity Framework and Npgsql.
 */
export async function openDatabase(settings: Settings): Promise<Pool> {
  const provider = settings.get('DbProvider') ?? ''
  if (provider.toLowerCase() !== 'postgres')
    throw new StartFailure(
      'System.NotSupportedException',
      `DbProvider '${provider}' is not supported by this build`,
    )
  const text = settings.get('DatabaseConnectionString') || settings.get('PostgresConnection') || ''
  if (text.trim() === '')
    throw new StartFailure(
      'System.InvalidOperationException',
      'The ConnectionString property has not been initialized.',
    )
  const config = readConnectionString(text)
  const { default: pg } = await import('pg')
  const pool = new pg.Pool(config)
  // Without a listener a dropped connection would end the process; the engine goes on and recovers.
  pool.on('error', () => undefined)
  try {
    await ensureDatabase(pool, config, pg.Pool)
    if (!(await hasTables(pool))) await inTransaction(pool, makeTables)
    return pool
  } catch (error) {
    await pool.end()
    throw npgsqlFailure(error, config)
  }
}

/** Runs work in one transaction on one connection; what it throws takes everything back. */
export async function inTransaction(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await work(client)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

async function ensureDatabase(pool: Pool, config: PoolConfig, Pools: typeof Pool): Promise<void> {
  try {
    await pool.query('SELECT 1')
  } catch (error) {
    if ((error as { code?: string }).code !== NO_DATABASE) throw error
    const admin = new Pools({ ...config, database: 'postgres' })
    try {
      await admin.query(`CREATE DATABASE "${config.database!.replaceAll('"', '""')}"`)
    } finally {
      await admin.end()
    }
  }
}

async function hasTables(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ found: string | null }>(`SELECT to_regclass('"Clients"') AS found`)
  return rows[0]!.found !== null
}

async function makeTables(client: PoolClient): Promise<void> {
  await client.query(RESOURCE_TABLES)
  await client.query(CLIENT_TABLES)
  await client.query(GRANT_TABLES)
}

/** What the server itself refused, in Npgsql's words; undefined when the error is not the server's. */
export function postgresException(error: unknown): DotnetException | undefined {
  const { code, message } = error as { code?: string; message: string }
  // Five characters are an SQLSTATE; Node's own codes begin with E and are longer.
  if (!/^[0-9A-Z]{5}$/.test(code ?? '')) return undefined
  return { type: 'Npgsql.PostgresException (0x80004005)', message: `${code}: ${message}` }
}

const SOCKET_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ENOTFOUND: 'Name or service not known',
  EAI_AGAIN: 'Name or service not known',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
}

/** A driver error as Npgsql would have told it; what is not the database's passes unchanged. */
function npgsqlFailure(error: unknown, config: { host: string; port: number }): unknown {
  if (error instanceof StartFailure || !(error instanceof Error)) return error
  const { code = '' } = error as { code?: string }
  const npgsql = 'Npgsql.NpgsqlException (0x80004005)'
  const socket = SOCKET_WORDS[code]
  if (socket !== undefined) {
    const unknown = code === 'ENOTFOUND' || code === 'EAI_AGAIN'
    const where = unknown ? socket : `Failed to connect to ${config.host}:${config.port}`
    return transient({
      type: npgsql,
      message: where,
      inner: { type: 'System.Net.Sockets.SocketException', message: socket },
    })
  }
  const refused = postgresException(error)
  if (refused !== undefined) return new StartFailure(refused.type, refused.message)
  if (/client password must be/.test(error.message))
    return new StartFailure(
      npgsql,
      'No password has been provided but the backend requires one (in SASL/SCRAM-SHA-256)',
    )
  if (/timeout/i.test(error.message))
    return transient({
      type: npgsql,
      message: `Failed to connect to ${config.host}:${config.port}`,
      inner: { type: 'System.TimeoutException', message: 'The operation has timed out.' },
    })
  return new StartFailure(npgsql, error.message)
}

function transient(inner: DotnetException): StartFailure {
  return new StartFailure(
    'System.InvalidOperationException',
    'An exception has been raised that is likely due to a transient failure.',
    inner,
  )
}
