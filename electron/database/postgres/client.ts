import type { EventEmitter } from 'node:events'
import { Socket } from 'node:net'
import type { Client, ClientConfig } from 'pg'
import { refuseAsNpgsql, refuseUntold, type AskedLogin } from './npgsql-login.ts'
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
const INVALID_PASSWORD = '28P01'

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
    sslnegotiation: trust && settings.directTls ? 'direct' : 'postgres',
    enableChannelBinding: settings.channelBinding !== 'Disable',
    scramMaxIterations: MOST_ITERATIONS,
    connectionTimeoutMillis: settings.timeout * 1000,
    stream: () => socket,
    // A server that is gone without a word is noticed, in the end.
    keepAlive: true,
  } as ClientConfig)
  beginAsNpgsql(client, settings)
  // A server that goes away emits an error nobody asked for, which would end the process.
  client.on('error', () => undefined)
  const asked = watchLogin(client)
  const cut = (): void => void socket.destroy()
  signal.addEventListener('abort', cut, { once: true })
  try {
    await client.connect()
    refuseUntold(settings, asked())
    refuseAsNpgsql(settings, asked())
    return client
  } catch (error) {
    socket.destroy()
    if (codeOf(error) === INVALID_PASSWORD) refuseUntold(settings, asked())
    throw error
  } finally {
    signal.removeEventListener('abort', cut)
  }
}

/**
 * Says goodbye and closes the connection, whether or not the server still answers; a statement under way is given up. By
 * itself the driver would wait for the server to close it.
 */
export async function leavePostgres(client: Client): Promise<void> {
  const left = client.end()
  ;(client as unknown as Insides).connection.stream.destroySoon()
  await left.catch(() => undefined)
}

/** Npgsql knows no limit; a server that asks for more than this would keep a processor busy for many seconds. */
const MOST_ITERATIONS = 10_000_000

/** The part of the driver in which it differs from Npgsql and from what is wanted here, which the types do not have. */
interface Insides {
  getStartupConf: () => Readonly<Record<string, string>>
  readonly connection: EventEmitter & { readonly stream: Socket }
}

/**
 * A session begins with what Npgsql sends, as a server or a pool before it may refuse it, and with nothing from the
 * environment of this program, such as PGOPTIONS.
 * https://github.com/npgsql/npgsql/blob/main/src/Npgsql/Internal/NpgsqlConnector.cs: WriteStartupMessage
 */
function beginAsNpgsql(client: Client, settings: PostgresSettings): void {
  const { user, database, clientEncoding, searchPath, timeZone, startOptions } = settings
  ;(client as unknown as Insides).getStartupConf = () => ({
    user,
    // The driver adds its own, which is UTF8, behind it: that one counts, and a wrong one is refused all the same.
    ...(clientEncoding === undefined ? {} : { client_encoding: clientEncoding }),
    database,
    application_name: 'Identity Service Setup',
    ...(searchPath === undefined ? {} : { search_path: searchPath }),
    ...(timeZone === undefined ? {} : { TimeZone: timeZone }),
    ...(startOptions === undefined ? {} : { options: startOptions }),
  })
}

/** How the server has asked for the login, once it has let it in. */
function watchLogin(client: Client): () => AskedLogin {
  let asked: AskedLogin = { way: 'None', bound: false }
  ;(client as unknown as Insides).connection
    .on('authenticationCleartextPassword', () => (asked = { way: 'Password', bound: false }))
    .on('authenticationMD5Password', () => (asked = { way: 'MD5', bound: false }))
    .on('authenticationSASL', ({ mechanisms }: { mechanisms: readonly string[] }) => {
      asked = { way: 'ScramSHA256', bound: mechanisms.includes('SCRAM-SHA-256-PLUS') }
    })
  return () => asked
}
