import { SetupError } from '../../contract/problem.ts'
import type { Finding } from '../connection-test/layers.ts'
import { NotByNpgsql } from './npgsql-login.ts'
import type { PostgresSettings } from './settings.ts'
import { quotedName } from './names.ts'
import { explainReach } from '../connection-test/reach-layers.ts'

/** The fields of an error message of the server. https://www.postgresql.org/docs/current/errcodes-appendix.html */
interface ServerError {
  readonly code: string
  readonly severity: string
  readonly message: string
}

const LISTENING =
  'Where it runs already, let it listen on that address: listen_addresses in postgresql.conf, and a restart.'

type Explanation = Pick<Finding, 'summary' | 'cause' | 'remedy'>

/** Turns what a layer threw into what the installer can act on. */
export function explainPostgres(settings: PostgresSettings): (error: unknown) => Finding {
  return (error) => {
    if (error instanceof SetupError) {
      const { what, cause, next, where } = error.problem
      const path = where?.file === undefined ? '' : ` (${where.file})`
      return { state: 'failed', summary: what + path, ...(cause ? { cause } : {}), remedy: { text: next } }
    }
    if (error instanceof NotByNpgsql) return error.finding
    if (isDistrust(error))
      return {
        state: 'failed',
        summary: 'The server’s certificate is not trusted',
        driverMessage: error.message,
        remedy: { text: 'Test the connection to see what is wrong with the certificate.' },
      }
    const reach = explainReach(error, settings.host, settings.port, LISTENING)
    if (reach) return reach
    if (isServerError(error))
      return {
        state: 'failed',
        driverMessage: `${error.severity} ${error.code}: ${error.message}`,
        ...(byCode(error, settings) ?? {
          summary: 'The server refuses',
          remedy: { text: 'Show the server’s words to the people who look after the database.' },
        }),
      }
    return unknownFailure(error, settings)
  }
}

function byCode({ code, message }: ServerError, settings: PostgresSettings): Explanation | undefined {
  const { user, database } = settings
  switch (code) {
    case '28P01':
      return {
        summary: `The password of ${user} is not accepted`,
        cause: 'The password is wrong, or there is no such user: PostgreSQL does not tell which.',
        remedy: { text: 'Enter the user and password that Creatio itself uses.' },
      }
    case '28000':
      if (/client certificate/.test(message))
        return {
          summary: `The server wants a certificate of ${user}`,
          cause: 'Its pg_hba.conf asks for a client certificate (clientcert, or the method cert).',
          remedy: {
            text: 'Name the certificate and its key with “SSL Certificate” and “SSL Key”, or let the server take a password alone.',
          },
        }
      return message.includes('pg_hba')
        ? {
            summary: `The server lets ${user} in from elsewhere only`,
            cause: 'No line of its pg_hba.conf allows this user, database, address and kind of encryption.',
            remedy: {
              text: 'Let the people who look after the server add a line to pg_hba.conf for the address in its words above, and reload.',
            },
          }
        : {
            summary: `${user} may not log in`,
            remedy: { text: 'Enter the user that Creatio itself uses.' },
          }
    case '3D000':
      return {
        summary: `There is no database ${database}`,
        cause: 'The name is misspelt (case counts), or the database was not created yet.',
        remedy: {
          text: 'Enter the name of Creatio’s database, or let an administrator of the server create it:',
          sql: `CREATE DATABASE ${quotedName(database)} OWNER ${quotedName(user)};`,
        },
      }
    case '42501':
      return {
        summary: `${user} may not connect to ${database}`,
        remedy: {
          text: 'Let the owner of the database run:',
          sql: `GRANT CONNECT ON DATABASE ${quotedName(database)} TO ${quotedName(user)};`,
        },
      }
    case '53300':
      return {
        summary: 'The server has no connection left',
        cause:
          'All connections it allows (max_connections, or the limit of the user or the database) are in use.',
        remedy: {
          text: 'Close idle connections or raise the limit, and test again. Who holds them is told by:',
          sql: 'SELECT datname, usename, application_name, count(*) FROM pg_stat_activity GROUP BY 1, 2, 3 ORDER BY 4 DESC;',
        },
      }
    case '22023':
    case '08P01':
      return {
        summary: 'The server does not take a setting of the connection string',
        cause:
          'Search Path, Timezone, Client Encoding and Options are sent when a session begins; a pool such as PgBouncer takes few of them.',
        remedy: { text: 'Correct the setting that the server’s words name, or take it out.' },
      }
    case '57P03':
      return {
        summary: 'The server is starting or stopping',
        remedy: { text: 'Wait until it is up, and test again.' },
      }
    default:
      return undefined
  }
}

function unknownFailure(error: unknown, { passfile, timeout }: PostgresSettings): Finding {
  const message = error instanceof Error ? error.message : String(error)
  // The driver's words where connecting and logging in take too long.
  if (message === 'timeout expired')
    return {
      state: 'failed',
      summary: `No answer within ${timeout} ${timeout === 1 ? 'second' : 'seconds'}, the Timeout of the connection string`,
      driverMessage: message,
      remedy: { text: 'Check that the server is not overloaded, or raise “Timeout”.' },
    }
  // The driver's words for a server that wants a password when there is none.
  const noPassword = /password must be a (non-empty )?string|empty string/.test(message)
  if (noPassword && passfile)
    return {
      state: 'not-tried',
      summary: 'The password stands in the file of “Passfile”, which only the service reads',
      driverMessage: message,
      remedy: {
        text: 'Enter the password to have the login tested, or let the service’s account read the file.',
      },
    }
  if (noPassword)
    return {
      state: 'failed',
      summary: 'The server asks for a password, and there is none',
      driverMessage: message,
      remedy: { text: 'Enter the password.' },
    }
  // Types 7 and 9 of an authentication request are GSSAPI and SSPI. https://www.postgresql.org/docs/current/protocol-message-formats.html
  if (/authenticationOk message type (7|9)\b/i.test(message))
    return {
      state: 'not-tried',
      summary: 'The server wants a Windows or Kerberos login, which cannot be tried here',
      driverMessage: message,
      cause: 'Such a login is made with the account that the service runs under.',
      remedy: { text: 'Use a user with a password, or start the service to see whether it is let in.' },
    }
  return {
    state: 'failed',
    summary: 'The connection failed',
    driverMessage: message,
    remedy: { text: 'Check that the server is PostgreSQL, and read its log.' },
  }
}

/** Node's codes for a certificate it refuses. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isDistrust(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /CERT|SIGNATURE|ALTNAME/.test(String(error.code))
}

function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'severity' in error && 'code' in error
}
