import { createHash } from 'node:crypto'
import type { Provider } from '../../../electron/contract/database.ts'
import { parseConnectionString } from '../../../electron/database/connection/connection-string.ts'
import { judgePair } from '../../../electron/database/connection/judge.ts'
import { isSecretKeyword } from '../../../electron/database/connection/keywords.ts'
import { optionOf } from '../../../electron/database/connection/options.ts'
import type { Reading } from './builders.ts'

/** What a connection string says, for comparing. Secrets are there as fingerprints, so that a failure shows none. */
export interface Meaning {
  readonly server: string
  /** Where the driver would go when the text names none: 5432; 0 for SQL Server, which may ask its Browser. */
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  readonly windowsLogin: boolean
  /** By the driver's name of the keyword, in one way of writing values. */
  readonly options: Readonly<Record<string, string>>
}

const PARTS: Readonly<Record<Provider, readonly string[]>> = {
  PostgreSQL: ['Host', 'Port', 'Database', 'Username', 'Password'],
  MsSqlServer: ['Data Source', 'Initial Catalog', 'User ID', 'Password', 'Integrated Security'],
}

/** Npgsql lists these where an empty value has brought back its default. */
const BROUGHT_BACK: Readonly<Record<string, string>> = {
  'Kerberos Service Name': 'postgres',
  Encoding: 'UTF8',
}

/** What the driver reads. */
export function theirs({ values = {}, goesTo = '' }: Reading, provider: Provider): Meaning {
  const [database, user] =
    provider === 'PostgreSQL' ? ['Database', 'Username'] : ['Initial Catalog', 'User ID']
  const options = Object.entries(values).filter(
    ([name, value]) => !PARTS[provider].includes(name) && value !== '' && value !== BROUGHT_BACK[name],
  )
  return {
    ...(provider === 'PostgreSQL' ? npgsqlPlace(goesTo) : sqlClientPlace(goesTo)),
    database: values[database!] ?? '',
    user: values[user!] ?? '',
    password: fingerprint(values['Password'] ?? ''),
    windowsLogin: values['Integrated Security'] === 'True',
    options: Object.fromEntries(options.map(([name, value]) => [name, plain(name, value)])),
  }
}

/** What we read. */
export function ours(text: string, provider: Provider): Meaning {
  const parts = parseConnectionString(text, provider)
  const {
    server,
    port = provider === 'PostgreSQL' ? 5432 : 0,
    database,
    user,
    password,
    windowsLogin,
  } = parts
  const names = parts.options.flatMap((pair) => {
    const verdict = judgePair(pair, provider)
    // SqlClient knows it and does not list it.
    return verdict.kind === 'kept' && verdict.known.name !== 'Context Connection' ? [verdict.known.name] : []
  })
  const options = [...new Set(names)].flatMap((name) => {
    const value = optionOf(parts, provider, name)
    return value === undefined ? [] : [[name, plain(name, value)] as const]
  })
  return {
    server: server.trim(),
    port,
    database,
    user,
    password: fingerprint(password?.open() ?? ''),
    windowsLogin,
    options: Object.fromEntries(options),
  }
}

/** Stands for a secret in what a test compares and prints. */
function fingerprint(secret: string): string {
  return secret === '' ? '' : `sha256:${createHash('sha256').update(secret).digest('hex').slice(0, 12)}`
}

/** `tcp://host:port`, where an IPv6 address may stand without brackets. */
function npgsqlPlace(goesTo: string): { server: string; port: number } {
  const [, server = goesTo, port = '0'] = /^tcp:\/\/(.*):(\d+)$/.exec(goesTo) ?? []
  return { server, port: Number(port) }
}

/** `tcp:host\instance,1433` */
function sqlClientPlace(goesTo: string): { server: string; port: number } {
  const [server = '', port = '0'] = goesTo.replace(/^\s*(tcp|np|lpc|admin):/i, '').split(',')
  return { server: server.trim(), port: Number(port) }
}

const SWITCHES: Readonly<Record<string, string>> = {
  yes: 'true',
  no: 'false',
  sspi: 'true',
  mandatory: 'true',
  optional: 'false',
}

/** One way of writing a value: .NET prints `True`, `5` and `VerifyFull` where ` true`, `+5` and `verifyfull` were written. */
export function plain(name: string, value: string): string {
  if (isSecretKeyword(name)) return fingerprint(value)
  const word = value.trim().toLowerCase()
  return SWITCHES[word] ?? (/^[+-]?\d+$/.test(word) ? String(Number(word)) : word)
}
