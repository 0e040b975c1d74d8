import type { Finding } from '../connection-test/layers.ts'
import type { MssqlLoginError } from './client.ts'
import { userStatement } from './grants.ts'
import { bracketed } from './names.ts'
import type { MssqlSettings } from './settings.ts'

const ERROR_LOG = 'The server’s error log names the reason.'

/**
 * Words for the numbers by which a server refuses a login.
 * https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors
 */
const REFUSALS: Readonly<Record<number, (settings: MssqlSettings) => Omit<Finding, 'state'>>> = {
  18456: ({ user }) => ({
    summary: `The login of ${user} is not accepted`,
    cause: 'The user or password is wrong, the login is disabled, or the server takes Windows logins only.',
    remedy: { text: `Enter the user and password that Creatio itself uses. ${ERROR_LOG}` },
  }),
  18452: ({ user }) => ({
    summary: `The login of ${user} is not accepted`,
    cause: 'The server takes Windows logins only, or the account is of a domain that it does not trust.',
    remedy: {
      text: 'Let an administrator turn on “SQL Server and Windows Authentication mode” and restart the server.',
    },
  }),
  18470: ({ user }) => ({
    summary: `The login of ${user} is disabled`,
    remedy: {
      text: 'Let an administrator of the server run:',
      sql: `ALTER LOGIN ${bracketed(user)} ENABLE;`,
    },
  }),
  18486: ({ user }) => ({
    summary: `The login of ${user} is locked out`,
    cause: 'A wrong password was given too often, and the login obeys the password policy of Windows.',
    remedy: { text: 'Let an administrator unlock the login, and enter its password anew.' },
  }),
  18487: ({ user }) => ({
    summary: `The password of ${user} has expired`,
    remedy: { text: 'Let an administrator give the login a new password, and enter that.' },
  }),
  18488: ({ user }) => ({
    summary: `The password of ${user} must be changed before it can be used`,
    cause: 'The login was made with MUST_CHANGE, which a service cannot obey.',
    remedy: {
      text: 'Let an administrator give the login a new password without MUST_CHANGE, and enter that.',
    },
  }),
  4060: ({ user, database }) => ({
    summary: `${user} cannot open the database ${database}`,
    cause:
      'There is no such database, or the login has no user in it: in a database that was restored from another server, the user of that name belongs to a login of that server.',
    remedy: {
      text: 'Correct the name, or let an administrator of the server run in that database:',
      sql: userStatement(user),
    },
  }),
  4064: ({ user }) => ({
    summary: `The default database of ${user} cannot be opened`,
    remedy: { text: 'Name a database in the connection string, or let an administrator change the default.' },
  }),
  916: ({ user, database }) => ({
    summary: `${user} has no user in the database ${database}`,
    remedy: {
      text: 'Let an administrator of the server run in that database:',
      sql: userStatement(user),
    },
  }),
  17892: ({ user }) => ({
    summary: `A logon trigger of the server turns ${user} away`,
    cause: 'Administrators write such triggers to admit certain logins, programs, machines or hours only.',
    remedy: { text: 'Ask the administrator of the server to let the service’s login through.' },
  }),
  17809: () => ({
    summary: 'The server takes no more connections',
    cause: 'The highest number of user connections is reached.',
    remedy: {
      text: 'Let an administrator raise “user connections”, or close programs that hold connections.',
    },
  }),
  233: () => ({
    summary: 'The server closed the connection at the login',
    cause: 'The protocol or the number of user connections does not let it in.',
    remedy: { text: `Check that the server has connections left. ${ERROR_LOG}` },
  }),
}

/** Turns a refused or failed login into what the installer can act on. */
export function explainLogin(error: MssqlLoginError, settings: MssqlSettings): Finding {
  // A server that cannot open the database says so before it says that the login failed.
  const first = error.said[0]
  const known = first && REFUSALS[first.number]
  const driverMessage = first ? `${first.number}: ${first.message} (state ${first.state})` : error.message
  if (known) return { state: 'failed', driverMessage, ...known(settings) }
  if (error.code === 'ETIMEOUT')
    return {
      state: 'failed',
      summary: `No answer within ${settings.connectTimeout} seconds, the Connect Timeout`,
      driverMessage,
      remedy: { text: 'Check that the server is not overloaded, or raise “Connect Timeout”.' },
    }
  if (/certificate|TLS|SSL|altnames|self[- ]signed/i.test(error.message) && first === undefined)
    return {
      state: 'failed',
      summary: 'The server’s certificate is not trusted',
      driverMessage,
      cause: 'The service’s driver encrypts unless told otherwise, and then checks the certificate.',
      remedy: {
        text: 'Install a certificate at the server that this machine trusts, or add “TrustServerCertificate=True” to encrypt without checking.',
      },
    }
  if (first === undefined)
    return {
      state: 'failed',
      summary: 'The server closed the connection at the login',
      driverMessage,
      remedy: {
        text: ERROR_LOG.replace('The server’s error log names', 'Read the server’s error log, which names'),
      },
    }
  return {
    state: 'failed',
    summary: `The server refuses the login with error ${first.number}`,
    driverMessage,
    remedy: { text: 'Show the server’s words to the people who look after it.' },
  }
}
