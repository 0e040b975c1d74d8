import type { Finding } from '../connection-test/layers.ts'
import { explainReach } from '../connection-test/reach-layers.ts'
import { MssqlLoginError } from './client.ts'
import { explainInstance, UnknownInstance } from './endpoint.ts'
import { explainLogin } from './login-finding.ts'
import type { MssqlSettings } from './settings.ts'

/** Express and Developer editions do not listen on TCP at first. */
const LISTENING =
  'Where it runs already, enable TCP/IP for the instance in SQL Server Configuration Manager, and restart it.'

/** Turns what a layer threw into what the installer can act on. */
export function explainMssql(settings: MssqlSettings): (error: unknown) => Finding {
  return (error) => {
    if (error instanceof UnknownInstance) return explainInstance(error, settings)
    const root = rootOf(error)
    const reach = explainReach(root, settings.host, settings.port, LISTENING)
    if (reach) return reach
    const driverMessage = root instanceof Error ? root.message : String(root)
    if (error instanceof MssqlLoginError) return explainLogin(error, settings)
    const number = numberOf(error)
    return {
      state: 'failed',
      summary: number === undefined ? 'The connection failed' : `The server refuses with error ${number}`,
      driverMessage: number === undefined ? driverMessage : `${number}: ${driverMessage}`,
      remedy: { text: 'Check the server, the instance and the port, and read the server’s error log.' },
    }
  }
}

/** The number of a statement's error, where the server gave one. */
export function numberOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  if ('number' in error && typeof error.number === 'number') return error.number
  // Errors of transactions wrap the server's.
  return 'originalError' in error ? numberOf(error.originalError) : undefined
}

/** The error's own words, with its number before them. */
export function wordsOf(error: unknown): string {
  const number = numberOf(error)
  const message = error instanceof Error ? error.message : String(error)
  return number === undefined ? message : `${number}: ${message}`
}

/** The socket's own error: both driver and pool wrap it. */
function rootOf(error: unknown): unknown {
  const inner =
    error instanceof Error ? (error.cause ?? ('originalError' in error && error.originalError)) : false
  return inner ? rootOf(inner) : error
}
