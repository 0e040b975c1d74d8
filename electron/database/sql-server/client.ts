import type { TLSSocket } from 'node:tls'
import type { ConnectionPool, config } from 'mssql'
import type { Secret } from '../../secrets/secret.ts'
import { pemOf } from './pinned-certificate.ts'
import type { MssqlSettings } from './settings.ts'

/** What the server said when it refused a login. */
export interface ServerWords {
  readonly number: number
  readonly state: number
  readonly message: string
}

/** A refused login, with the numbers that the driver itself keeps to itself (4060 and 18456, in that order). */
export class MssqlLoginError extends Error {
  readonly code: string
  readonly said: readonly ServerWords[]

  constructor(message: string, code: string, said: readonly ServerWords[], cause: unknown) {
    super(message, { cause })
    this.name = 'MssqlLoginError'
    this.code = code
    this.said = said
  }
}

/** How to connect, beyond what the connection string says. */
export interface Endpoint {
  readonly port: number
  /** Whether the server can encrypt at all: then this program does, so that no password travels bare. */
  readonly encrypts: boolean
  /** Whether a server that does not encrypt by `Encrypt=False` insists on it, and so has its certificate checked. */
  readonly insists: boolean
  /** PEM texts of what this machine trusts. */
  readonly ca: readonly string[]
  /** The one certificate that the server may show, in DER. */
  readonly pin?: Buffer | undefined
}

/** The part of tedious' connection that is used here. */
interface TediousConnection {
  on(event: 'errorMessage', listener: (message: ServerWords) => void): void
  on(event: 'secure', listener: (stream: TLSSocket) => void): void
  close(): void
}

/** Milliseconds for one statement, the longest of which is CREATE DATABASE. */
const REQUEST_TIMEOUT = 60_000

/**
 * Logs in with a user and password. The connection is cut when the signal aborts.
 * @throws MssqlLoginError with the driver's code and, where the server gave them, its numbers.
 */
export async function loginMssql(
  settings: MssqlSettings,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<ConnectionPool> {
  const { default: mssql } = await import('mssql')
  signal.throwIfAborted()
  const said: ServerWords[] = []
  let connection: TediousConnection | undefined
  let loggedIn = false
  const cut = (): void => connection?.close()
  const options: config & { beforeConnect: (opening: TediousConnection) => void } = {
    ...configOf(settings, endpoint, settings.password),
    beforeConnect: (opening) => {
      // The driver may come here late: nobody would cut what is opened from now on. It comes again for statements.
      if (!loggedIn) signal.throwIfAborted()
      connection = opening
      opening.on('errorMessage', ({ number, state, message }) => said.push({ number, state, message }))
      opening.on('secure', (stream) => {
        const { pin } = endpoint
        if (!pin || !checks(settings, endpoint) || pin.equals(stream.getPeerCertificate().raw)) return
        // The driver still works on the stream in this turn, and sends the login in the next.
        queueMicrotask(() =>
          stream.destroy(new Error('The server shows another certificate than ServerCertificate names.')),
        )
      })
    },
  }
  const pool = new mssql.ConnectionPool(options)
  // Without a listener, a dropped connection would end the process.
  pool.on('error', () => undefined)
  signal.addEventListener('abort', cut, { once: true })
  cuts.set(pool, cut)
  try {
    await pool.connect()
    loggedIn = true
    return pool
  } catch (error) {
    const { message, code } = error as { message: string; code?: string }
    throw new MssqlLoginError(message, code ?? '', [...said], error)
  } finally {
    signal.removeEventListener('abort', cut)
  }
}

const cuts = new WeakMap<ConnectionPool, () => void>()

/** Closes a pool at once. By itself it would wait for a statement that a silent server never answers. */
export function cutMssql(pool: ConnectionPool): void {
  cuts.get(pool)?.()
  pool.close().catch(() => undefined)
}

/** Whether the driver would look at the server's certificate. */
function checks({ encrypt, trustServerCertificate }: MssqlSettings, { insists }: Endpoint): boolean {
  if (encrypt === 'strict') return true
  return !trustServerCertificate && (encrypt === 'mandatory' || insists)
}

type FullConfig = config & { readonly validateConnection: 'socket' }

function configOf(settings: MssqlSettings, endpoint: Endpoint, password: Secret | undefined): FullConfig {
  const strict = settings.encrypt === 'strict'
  const { pin } = endpoint
  // A server that has to show this very certificate is looked at by ourselves; TDS 8 has no moment for that.
  const trusts = !checks(settings, endpoint) || (pin !== undefined && !strict)
  return {
    server: settings.host,
    port: endpoint.port,
    database: settings.database,
    user: settings.user,
    password: password?.open() ?? '',
    connectionTimeout: settings.connectTimeout * 1000,
    requestTimeout: REQUEST_TIMEOUT,
    // One connection: a transaction and the statements in it stay together.
    pool: { min: 0, max: 1 },
    // Looks at the socket before each request. Otherwise it asks the server, and again for ever where that fails.
    validateConnection: 'socket',
    options: {
      // The types know no “strict”, which tedious does.
      encrypt: (strict ? 'strict' : endpoint.encrypts) as boolean,
      trustServerCertificate: trusts,
      cryptoCredentialsDetails: { ca: [...endpoint.ca, ...(pin ? [pemOf(pin)] : [])] },
      ...(settings.nameInCertificate === undefined ? {} : { serverName: settings.nameInCertificate }),
      readOnlyIntent: settings.readOnlyIntent,
      appName: 'Identity Service Setup',
    },
  }
}
