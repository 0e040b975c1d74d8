import type { DatabaseDrivers } from '../../contract/database.ts'
import type { Problem } from '../../contract/problem.ts'
import type { ConnectionParts } from './connection-string.ts'
import type { Fault } from './fault.ts'
import { isControl } from './keyword-values.ts'
import type { PartName } from './keywords.ts'
import { placeholderIn } from './placeholder.ts'
import { XML_SIGN_CUT } from './xml-signs.ts'
import { optionFaults } from './option-faults.ts'
import { serverFaults } from './server-faults.ts'

/**
 * What keeps a connection string from being used, before anything is connected. Empty when nothing does.
 * @param drivers what the service's build connects with; left out, current drivers are taken.
 */
export function problemsIn(parts: ConnectionParts, drivers?: DatabaseDrivers): readonly Problem[] {
  return faultsIn(parts, drivers).map(({ problem }) => problem)
}

/** The same with the place of each. */
export function faultsIn(parts: ConnectionParts, drivers?: DatabaseDrivers): readonly Fault[] {
  const oracle = oracleFaults(parts)
  // It is to be replaced as a whole: nothing else about it matters.
  if (oracle.length > 0) return oracle
  // What else there is to say would be said of pieces of the password.
  if (parts.restOfPassword) return [cutPassword(parts)]
  return [
    ...missing(parts),
    ...serverFaults(parts),
    ...tooLong(parts),
    ...longPassword(parts),
    ...valueFaults(parts),
    ...optionFaults(parts, drivers),
  ]
}

function oracleFaults({ provider, server }: ConnectionParts): Fault[] {
  if (provider !== 'Oracle' && !/^\s*\(\s*description/i.test(server)) return []
  return [
    {
      part: 'server',
      problem: {
        code: 'database.oracle',
        what: 'The connection string is one for Oracle, which the Identity Service cannot use.',
        next: 'Create a PostgreSQL or SQL Server database for the Identity Service and enter it here.',
      },
    },
  ]
}

function cutPassword({ password }: ConnectionParts): Fault {
  const xml = XML_SIGN_CUT.test(password?.open() ?? '')
  return {
    part: 'password',
    problem: {
      code: 'database.unquoted-password',
      what: 'What stands behind the password is no keyword of the driver.',
      cause: xml
        ? 'The password spells a sign as XML does, with a “;” at its end, which ends the password here.'
        : 'A “;” ends a password that stands in no quotes, so this may be the rest of it. It is not shown for that reason.',
      next: `If it is the rest, put the password in quotes, as in Password="…"${xml ? ', and write “&” for “&amp;” and “""” for “&quot;”' : ''}. If it is a keyword of its own, correct its spelling or take it out.`,
    },
  }
}

function missing(parts: ConnectionParts): Fault[] {
  const needed = [
    { code: 'database.no-server', value: parts.server, part: 'server' },
    { code: 'database.no-database', value: parts.database, part: 'database' },
    { code: 'database.no-user', value: parts.windowsLogin ? 'Windows' : parts.user, part: 'user' },
  ] as const
  return needed
    .filter(({ value }) => value.trim() === '')
    .map(({ code, part }) => ({
      part,
      problem: { code, what: `The connection string names no ${part}.`, next: `Enter the ${part}.` },
    }))
}

/**
 * PostgreSQL cuts names at 63 bytes, SQL Server takes at most 128 characters.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 * https://learn.microsoft.com/sql/relational-databases/databases/database-identifiers
 */
function tooLong({ provider, database, user }: ConnectionParts): Fault[] {
  const fits = (name: string): boolean =>
    provider === 'PostgreSQL' ? Buffer.byteLength(name) <= 63 : name.length <= 128
  return (
    [
      ['database', database],
      ['user', user],
    ] as const
  )
    .filter(([, name]) => !fits(name))
    .map(([part, name]) => ({
      part,
      problem: {
        code: 'database.name-too-long',
        what: `The name of the ${part} has ${name.length} characters, more than the server allows.`,
        next: `Enter the ${part} as the server knows it.`,
      },
    }))
}

/** https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnectionstringbuilder.password */
function longPassword({ provider, password }: ConnectionParts): Fault[] {
  if (provider !== 'MsSqlServer' || password === undefined || password.open().length <= 128) return []
  return [
    {
      part: 'password',
      problem: {
        code: 'database.name-too-long',
        what: 'The value of “password” has more than 128 characters, which SQL Server does not take.',
        next: 'Enter the password as the server knows it.',
      },
    },
  ]
}

interface NamedValue {
  readonly part?: PartName
  readonly keyword?: string
  readonly value: string
}

function valueFaults(parts: ConnectionParts): Fault[] {
  const values: readonly NamedValue[] = [
    { part: 'server', value: parts.server },
    { part: 'database', value: parts.database },
    { part: 'user', value: parts.user },
    { part: 'password', value: parts.password?.open() ?? '' },
    ...parts.options,
  ]
  const control = values
    .filter(({ value }) => isControl(value))
    .map((about) => ({
      ...place(about),
      problem: {
        code: 'database.control-character',
        what: `The value of “${shown(about)}” holds a control character, such as a line end.`,
        next: `Enter “${shown(about)}” anew, without line ends, tabs and other control characters.`,
      },
    }))
  const halves = values
    .filter(({ value }) => !value.isWellFormed())
    .map((about) => ({
      ...place(about),
      problem: {
        code: 'database.half-character',
        what: `The value of “${shown(about)}” has half of a character in it, which no file can hold.`,
        next: `Enter “${shown(about)}” anew.`,
      },
    }))
  const placeholders = values
    .filter(
      ({ part, value }) =>
        placeholderIn(value) !== undefined && !(part === 'password' && parts.literalPassword),
    )
    .map((about) => ({
      ...place(about),
      problem: {
        code: 'database.placeholder',
        what: `The value of “${shown(about)}” is a placeholder in square brackets.`,
        cause: 'Creatio fills such placeholders from HashiCorp Vault; the Identity Service cannot.',
        next: `Enter the real value of “${shown(about)}”.${about.part === 'password' ? ' If the brackets are part of the password, put it in quotes, as in Password="[…]".' : ''}`,
      },
    }))
  return [...control, ...halves, ...placeholders]
}

function place({ part, keyword }: NamedValue): { part: PartName } | { keyword: string } {
  return part === undefined ? { keyword: keyword ?? '' } : { part }
}

/** A keyword as it can be shown: it comes from the same hand-edited text as the values. */
function shown({ part, keyword = '' }: NamedValue): string {
  const name = part ?? keyword
  return isControl(name) ? JSON.stringify(name).slice(1, -1) : name
}
