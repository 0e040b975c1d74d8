import type { Problem } from '../../contract/problem.ts'
import type { ConnectionParts } from './connection-string.ts'
import { isControl } from './keyword-values.ts'

/** Longest name of a host that DNS knows (RFC 1035, 2.3.4). */
const LONGEST_HOST = 253

/** What keeps a connection string from being used, before anything is connected. Empty when nothing does. */
export function problemsIn(parts: ConnectionParts): readonly Problem[] {
  return [
    ...providerProblems(parts),
    ...missing(parts),
    ...serverProblems(parts),
    ...tooLong(parts),
    ...valueProblems(parts),
  ]
}

function providerProblems({ provider }: ConnectionParts): Problem[] {
  if (provider !== 'Oracle') return []
  return [
    {
      code: 'database.oracle',
      what: 'The connection string is one for Oracle, which the Identity Service cannot use.',
      next: 'Create a PostgreSQL or SQL Server database for the Identity Service and enter it here.',
    },
  ]
}

function missing(parts: ConnectionParts): Problem[] {
  const needed = [
    { code: 'database.no-server', value: parts.server, name: 'server' },
    { code: 'database.no-database', value: parts.database, name: 'database' },
    { code: 'database.no-user', value: parts.windowsLogin ? 'Windows' : parts.user, name: 'user' },
  ]
  return needed
    .filter(({ value }) => value.trim() === '')
    .map(({ code, name }) => ({
      code,
      what: `The connection string names no ${name}.`,
      next: `Enter the ${name}.`,
    }))
}

function serverProblems({ provider, server, port }: ConnectionParts): Problem[] {
  const problems: Problem[] = []
  if (server.length > LONGEST_HOST)
    problems.push({
      code: 'database.server-name',
      what: `The server’s name has ${server.length} characters; a host name has at most ${LONGEST_HOST}.`,
      next: 'Enter the host name or the IP address of the database server.',
    })
  if (provider === 'PostgreSQL' && /[,/\\]/.test(server))
    problems.push({
      code: 'database.server-name',
      what: 'The server is not one host name or address.',
      cause: 'Lists of servers and socket folders are known to Npgsql but not to this program.',
      next: 'Enter the host name or the IP address of one database server.',
    })
  if (port !== undefined && (port < 1 || port > 65_535))
    problems.push({
      code: 'database.port',
      what: `${port} is not a TCP port.`,
      next: 'Enter a port from 1 to 65535.',
    })
  return problems
}

/**
 * PostgreSQL cuts names at 63 bytes, SQL Server takes at most 128 characters.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 * https://learn.microsoft.com/sql/relational-databases/databases/database-identifiers
 */
function tooLong({ provider, database, user }: ConnectionParts): Problem[] {
  const fits = (name: string): boolean =>
    provider === 'PostgreSQL' ? Buffer.byteLength(name) <= 63 : name.length <= 128
  return Object.entries({ database, user })
    .filter(([, name]) => !fits(name))
    .map(([part, name]) => ({
      code: 'database.name-too-long',
      what: `The name of the ${part} has ${name.length} characters, more than the server allows.`,
      next: `Enter the ${part} as the server knows it.`,
    }))
}

function valueProblems(parts: ConnectionParts): Problem[] {
  const values = [
    { name: 'server', value: parts.server },
    { name: 'database', value: parts.database },
    { name: 'user', value: parts.user },
    { name: 'password', value: parts.password?.open() ?? '' },
    ...parts.options.map(({ keyword, value }) => ({ name: keyword, value })),
  ]
  const control = values
    .filter(({ value }) => isControl(value))
    .map(({ name }) => ({
      code: 'database.control-character',
      what: `The value of “${printable(name)}” holds a control character, such as a line end.`,
      next: `Enter “${printable(name)}” anew, without line ends, tabs and other control characters.`,
    }))
  const halves = values
    .filter(({ value }) => !value.isWellFormed())
    .map(({ name }) => ({
      code: 'database.half-character',
      what: `The value of “${printable(name)}” has half of a character in it, which no file can hold.`,
      next: `Enter “${printable(name)}” anew.`,
    }))
  const placeholders = values
    .filter(({ value }) => /^\[[^\]:]+\]$/.test(value.trim()))
    .map(({ name }) => ({
      code: 'database.placeholder',
      what: `The value of “${printable(name)}” is a placeholder in square brackets.`,
      cause: 'Creatio fills such placeholders from HashiCorp Vault; the Identity Service cannot.',
      next: `Enter the real value of “${printable(name)}”.`,
    }))
  return [...control, ...halves, ...placeholders]
}

/** A keyword as it can be shown: it comes from the same hand-edited text as the values. */
function printable(name: string): string {
  return isControl(name) ? JSON.stringify(name).slice(1, -1) : name
}
