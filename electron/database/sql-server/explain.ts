import type { Finding } from '../test/layers.ts'
import { MssqlLoginError } from './client.ts'
import type { MssqlSettings } from './settings.ts'
import { explainReach } from '../test/reach-layers.ts'

/** Whether a failed login failed while encryption was being agreed on, before any password was sent. */
export function isTlsFailure(error: unknown): boolean {
  return (
    error instanceof MssqlLoginError &&
    error.code === 'ESOCKET' &&
    /certificate|TLS|SSL|altnames/i.test(error.message)
  )
}

/** Turns what a layer threw into what the installer can act on. */
export function explainMssql(settings: MssqlSettings): (error: unknown) => Finding {
  return (error) => {
    const reach = explainReach(rootOf(error), settings.host, settings.port)
    if (reach) return reach
    const driverMessage = error instanceof Error ? error.message : String(error)
    const number = error instanceof MssqlLoginError ? error.number : undefined
    if (number === 18456)
      return {
        state: 'failed',
        summary: `The login of ${settings.user} is not accepted`,
        driverMessage: `18456: ${driverMessage}`,
        cause:
          'The user or password is wrong, the login is disabled, or the server takes Windows logins only.',
        remedy: {
          text: 'Enter the user and password that Creatio itself uses. The server’s error log names the reason.',
        },
      }
    if (number === 4060)
      return {
        state: 'failed',
        summary: `${settings.user} cannot open the database ${settings.database}`,
        driverMessage: `4060: ${driverMessage}`,
        cause: 'There is no such database, or the login has no user in it.',
        remedy: {
          text: 'Correct the name, or let an administrator of the server run in that database:',
          sql: `CREATE USER ${bracketed(settings.user)} FOR LOGIN ${bracketed(settings.user)};`,
        },
      }
    if (isTlsFailure(error))
      return {
        state: 'failed',
        summary: 'The server’s certificate is not trusted',
        driverMessage,
        cause: 'The service’s driver encrypts unless told otherwise, and then checks the certificate.',
        remedy: {
          text: 'Install a certificate that this machine trusts at the server, or add “TrustServerCertificate=True” to encrypt without checking.',
        },
      }
    return {
      state: 'failed',
      summary: number === undefined ? 'The connection failed' : `The server refuses with error ${number}`,
      driverMessage,
      remedy: { text: 'Check the server, the instance and the port, and read the server’s error log.' },
    }
  }
}

/** The socket's own error: both driver and pool wrap it. */
function rootOf(error: unknown): unknown {
  const inner =
    error instanceof Error ? (error.cause ?? ('originalError' in error && error.originalError)) : false
  return inner ? rootOf(inner) : error
}

function bracketed(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}
