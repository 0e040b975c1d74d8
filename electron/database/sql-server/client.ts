import type { ConnectionPool, config } from 'mssql'
import type { MssqlSettings } from './settings.ts'

/** A refused login, with the number the driver itself keeps to itself (18456, 4060). */
export class MssqlLoginError extends Error {
  readonly code: string
  readonly number: number | undefined

  constructor(message: string, code: string, number: number | undefined, cause: unknown) {
    super(message, { cause })
    this.name = 'MssqlLoginError'
    this.code = code
    this.number = number
  }
}

/** The part of tedious' connection that is used here. */
interface TediousConnection {
  on(event: 'errorMessage', listener: (message: { readonly number: number }) => void): void
  close(): void
}

/**
 * Logs in with a user and password. The connection is cut when the signal aborts.
 * @throws MssqlLoginError with the driver's code and, where the server gave one, its number.
 */
export async function loginMssql(settings: MssqlSettings, signal: AbortSignal): Promise<ConnectionPool> {
  const { default: mssql } = await import('mssql')
  signal.throwIfAborted()
  let number: number | undefined
  let connection: TediousConnection | undefined
  const cut = (): void => connection?.close()
  const options: config & { beforeConnect: (opening: TediousConnection) => void } = {
    server: settings.host,
    ...(settings.instance === undefined ? { port: settings.port } : {}),
    database: settings.database,
    user: settings.user,
    password: settings.password?.open() ?? '',
    pool: { min: 0, max: 1 },
    options: {
      encrypt: settings.encrypt,
      trustServerCertificate: settings.trustServerCertificate,
      ...(settings.instance === undefined ? {} : { instanceName: settings.instance }),
      appName: 'Identity Service Setup',
    },
    beforeConnect: (opening) => {
      connection = opening
      opening.on('errorMessage', (message) => (number ??= message.number))
    },
  }
  const pool = new mssql.ConnectionPool(options)
  // Without a listener, a dropped connection would end the process.
  pool.on('error', () => undefined)
  signal.addEventListener('abort', cut, { once: true })
  try {
    return await pool.connect()
  } catch (error) {
    const { message, code } = error as { message: string; code?: string }
    throw new MssqlLoginError(message, code ?? '', number, error)
  } finally {
    signal.removeEventListener('abort', cut)
  }
}
