import { Socket } from 'node:net'
import type { Client } from 'pg'
import type { SslMode, PostgresSettings } from './settings.ts'
import { tlsOptions, type TlsTrust } from './tls.ts'

/** With TLS or without, in the order in which Npgsql tries. */
const ATTEMPTS: Readonly<Record<SslMode, readonly boolean[]>> = {
  Disable: [false],
  Allow: [false, true],
  Prefer: [true, false],
  Require: [true],
  VerifyCA: [true],
  VerifyFull: [true],
}

/** The server's rules (pg_hba.conf) refuse this login over this kind of connection. */
const INVALID_AUTHORIZATION = '28000'

/**
 * Logs in as Npgsql would with the same connection string. The connection is cut when the signal aborts.
 * Rejects with the driver's or the socket's error.
 */
export async function loginPostgres(
  settings: PostgresSettings,
  trust: TlsTrust,
  signal: AbortSignal,
): Promise<Client> {
  const [first = false, second] = ATTEMPTS[settings.sslMode ?? 'Prefer']
  try {
    return await attempt(settings, first ? trust : undefined, signal)
  } catch (error) {
    const refused = codeOf(error) === INVALID_AUTHORIZATION
    if (second === undefined || !(refused || isTlsRefusal(error))) throw error
    return await attempt(settings, second ? trust : undefined, signal).catch((again: unknown) => {
      // Refused both ways: the first way is the one that was meant.
      throw refused && (codeOf(again) === INVALID_AUTHORIZATION || isTlsRefusal(again)) ? error : again
    })
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code
}

function isTlsRefusal(error: unknown): boolean {
  return error instanceof Error && error.message === 'The server does not support SSL connections'
}

async function attempt(
  settings: PostgresSettings,
  trust: TlsTrust | undefined,
  signal: AbortSignal,
): Promise<Client> {
  const { default: pg } = await import('pg')
  signal.throwIfAborted()
  const socket = new Socket()
  const client = new pg.Client({
    host: settings.host,
    port: settings.port,
    user: settings.user,
    database: settings.database,
    // A function, so that neither PGPASSWORD nor a password file steps in for a missing one.
    password: () => settings.password?.open() ?? '',
    ssl: trust ? tlsOptions(settings, trust) : false,
    stream: () => socket,
    // A server that is gone without a word is noticed, in the end.
    keepAlive: true,
    application_name: 'Identity Service Setup',
    ...(settings.startOptions ? { options: settings.startOptions } : {}),
  })
  // A server that goes away emits an error nobody asked for, which would end the process.
  client.on('error', () => undefined)
  const cut = (): void => void socket.destroy()
  signal.addEventListener('abort', cut, { once: true })
  try {
    await client.connect()
    // Npgsql sends "Search Path" at the start of a session; the rights depend on it.
    if (settings.searchPath)
      await client.query("select set_config('search_path', $1, false)", [settings.searchPath])
    return client
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    signal.removeEventListener('abort', cut)
  }
}
