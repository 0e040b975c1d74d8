import type { ConnectionParts } from './connection-string.ts'
import type { Fault } from './fault.ts'

/** Longest name of a host that DNS knows (RFC 1035, 2.3.4); SqlClient takes no more than 128 characters. */
const LONGEST = { PostgreSQL: 253, MsSqlServer: 128, Oracle: 253, unknown: 253 }
/** Longest `Data Source`, with its port, that SQL Server's driver takes. */
const LONGEST_DATA_SOURCE = 128

/** Why the service, or this program's test, cannot reach a server that is named like this. */
export function serverFaults({ provider, server, port }: ConnectionParts): readonly Fault[] {
  const faults: Fault[] = []
  const withPort = server.length + (port === undefined ? 0 : `,${port}`.length)
  if (provider === 'MsSqlServer' && withPort > LONGEST_DATA_SOURCE)
    faults.push(
      refused(
        `The server’s name has ${server.length} characters; with its port, SQL Server’s driver takes ${LONGEST_DATA_SOURCE}.`,
        'Enter a shorter name of the database server, or its IP address.',
      ),
    )
  const longest = LONGEST[provider]
  if (server.length > longest)
    faults.push(
      refused(
        `The server’s name has ${server.length} characters; a host name has at most ${longest}.`,
        'Enter the host name or the IP address of the database server.',
      ),
    )
  if (provider === 'PostgreSQL') faults.push(...postgresFaults(server))
  if (provider === 'MsSqlServer')
    faults.push(...sqlServerFaults(server.trim()), ...instanceFaults(server, port))
  if (port !== undefined && (port < 1 || port > 65_535))
    faults.push({
      part: 'port',
      problem: {
        code: 'database.port',
        what: `${port} is not a TCP port.`,
        next: 'Enter a port from 1 to 65535.',
      },
    })
  return faults
}

function postgresFaults(server: string): Fault[] {
  if (/[,/\\]|^@/.test(server))
    return [
      refused(
        'The server is not one host name or address.',
        'Enter the host name or the IP address of one database server, the one that is written to.',
        'Lists of servers and socket folders are known to Npgsql but not to this program.',
      ),
    ]
  // https://github.com/npgsql/npgsql/blob/main/src/Npgsql/NpgsqlConnectionStringBuilder.cs: TrySplitHostPort
  if (/^[^:]*:[^:]*$|\]:/.test(server))
    return [
      refused('What stands behind the colon of the server is not a port.', 'Enter the port as a number.'),
    ]
  return []
}

/** https://learn.microsoft.com/sql/connect/ado-net/connection-options */
function sqlServerFaults(server: string): Fault[] {
  if (/^\(local\s?db\)|^np:\\\\\.\\pipe\\localdb/i.test(server))
    return [
      refused(
        'The server is a LocalDB instance, which the service cannot use.',
        'Enter an instance of SQL Server, such as .\\SQLEXPRESS, and move the database there.',
        'LocalDB runs for one Windows user, inside that user’s session; an application pool and a container have none.',
      ),
    ]
  if (/^np:|^\\\\/i.test(server))
    return [
      refused(
        'The server is reached by a named pipe.',
        'Enter the server’s name without np: and \\pipe, and enable TCP/IP in SQL Server Configuration Manager.',
        'This program tests the connection over TCP, and so does the service in a container connect.',
      ),
    ]
  if (/^lpc:/i.test(server))
    return [
      refused(
        'The server is reached through shared memory.',
        'Enter the server’s name without lpc:, and enable TCP/IP in SQL Server Configuration Manager.',
        'This program tests the connection over TCP, and so does the service in a container connect.',
      ),
    ]
  if (/^admin:/i.test(server))
    return [
      refused(
        'The server is named with admin:, the connection for emergencies.',
        'Enter the server’s name without admin:.',
        'SQL Server takes one such connection at a time; the service needs several.',
      ),
    ]
  if (server.includes(','))
    return [
      refused('What stands behind the comma of the server is not a port.', 'Enter the port as a number.'),
    ]
  const colon = /^([^:[\]]+):\d+$/.exec(server)
  if (colon)
    return [
      refused(
        'The server has a colon before its port; SQL Server’s driver takes that for a part of the name.',
        'Write a comma before the port.',
      ),
    ]
  return []
}

/**
 * Names of instances with which the driver does not begin: “error: 25 - Connection string is not valid”.
 * https://github.com/dotnet/SqlClient: DataSource.InferConnectionDetails
 */
function instanceFaults(server: string, port: number | undefined): Fault[] {
  if (/^\s*(\\|np:|lpc:|admin:|\(local\s?db\))/i.test(server)) return []
  const [host = '', ...instances] = server.split('\\').map((part) => part.trim())
  if (instances.length === 0) return []
  if (instances.length > 1)
    return [
      refused(
        'The server has more than one backslash.',
        'Enter the server as host\\instance, with one backslash.',
        'In JSON files a backslash is written twice; in a connection string once.',
      ),
    ]
  if (port !== undefined) return []
  const [instance = ''] = instances
  if (instance === '')
    return [
      refused(
        'No name of an instance stands behind the backslash of the server.',
        'Enter the instance, or take the backslash out to use the default instance.',
      ),
    ]
  if (/^mssqlserver$/i.test(instance))
    return [
      refused(
        'MSSQLSERVER is the default instance, which SQL Server’s driver does not take by that name.',
        `Enter the server as ${host === '' ? 'its name' : host}, without an instance.`,
      ),
    ]
  return []
}

function refused(what: string, next: string, cause?: string): Fault {
  return {
    part: 'server',
    problem: { code: 'database.server-name', what, ...(cause === undefined ? {} : { cause }), next },
  }
}
