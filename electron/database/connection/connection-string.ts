import { Secret } from '../../secrets/secret.ts'
import { printKeywordValue, printValue, readKeywordValues, type KeywordValue } from './keyword-values.ts'
import type { Provider } from '../../contract/database.ts'
import {
  guessProvider,
  isKnownKeyword,
  isSecretKeyword,
  partOf,
  type GuessedProvider,
  type PartName,
} from './keywords.ts'
import { placeholderIn, printLiteral } from './placeholder.ts'
import { holdsSecret, secretValues } from './secret-values.ts'
import { joinServer, splitServer } from './server-value.ts'

/** A connection string taken apart. A part that is missing or empty in the text is `''` or left out here. */
export interface ConnectionParts {
  readonly provider: GuessedProvider
  /** Name or address; for SQL Server possibly `host\instance`. */
  readonly server: string
  /** Left out where the text names none or what it names is no number. */
  readonly port?: number
  readonly database: string
  readonly user: string
  readonly password?: Secret
  /** A password such as “[name]” that stands in quotes: the password itself, and no name of one in a vault. */
  readonly literalPassword?: true
  /** What stands behind a password without quotes and is no keyword: after a “;”, the rest of it. With the “;”. */
  readonly restOfPassword?: Secret
  /** SQL Server: the login of whoever runs the program, no user and password. */
  readonly windowsLogin: boolean
  /** All other keywords in order, and those of the parts above whose value says nothing of the kind, such as `Port=high`. */
  readonly options: readonly KeywordValue[]
}

/**
 * Takes a connection string apart. Of a repeated keyword the last one counts, as it does for both drivers.
 * @param provider what the string is for; left out, it is guessed from the keywords.
 * @throws SetupError `database.connection-string` when the text is not one.
 */
export function parseConnectionString(text: Secret | string, provider?: Provider): ConnectionParts {
  const plain = typeof text === 'string' ? text : text.open()
  const { pairs, rest } = pairsAndRest(plain)
  const values = new Map<PartName, string>()
  const options: KeywordValue[] = []
  const meant = provider ?? guessProvider(pairs)
  let isQuoted = false
  for (const { keyword, value, quoted } of pairs) {
    const part = partOf(keyword)
    if (part === undefined || !readsAs(part, value, meant)) options.push({ keyword, value })
    else values.set(part, value)
    if (part === 'password') isQuoted = quoted
  }
  const { server, port } = splitServer(meant, values.get('server') ?? '')
  const portText = values.get('port') ?? ''
  const ownPort = portText === '' ? undefined : Number(portText)
  const password = values.get('password')
  return {
    provider: meant,
    server,
    // Npgsql takes the port beside the host before its own keyword.
    ...portPart(meant === 'PostgreSQL' ? (port ?? ownPort) : (ownPort ?? port)),
    database: values.get('database') ?? '',
    user: values.get('user') ?? '',
    ...(password ? { password: new Secret(password) } : {}),
    ...(password && isQuoted && placeholderIn(password) !== undefined ? { literalPassword: true } : {}),
    ...(rest === '' ? {} : { restOfPassword: new Secret(rest) }),
    windowsLogin: WINDOWS_LOGIN.test(values.get('integratedSecurity') ?? ''),
    options,
  }
}

/** The pairs of a text, and what in it seems to be the rest of a password that a “;” cuts off. */
function pairsAndRest(text: string): {
  readonly pairs: readonly (KeywordValue & { readonly quoted: boolean })[]
  readonly rest: string
} {
  const pairs = readKeywordValues(text)
  const cut = secretValues(text, pairs).filter(({ end, meantEnd }) => meantEnd > end)
  const rest = cut.map(({ end, meantEnd }) => text.slice(end, meantEnd)).join('')
  const inRest = (at: number): boolean => cut.some(({ end, meantEnd }) => at >= end && at < meantEnd)
  return {
    rest,
    pairs: pairs
      .filter(({ start, valueEnd }) => !inRest(start) || !inRest(valueEnd - 1))
      // Of “ss;Host” the end is a keyword of its own.
      .map(({ keyword, value, start, valueStart }) => ({
        keyword: inRest(start) ? keyword.slice(keyword.lastIndexOf(';') + 1).trim() : keyword,
        value,
        quoted: text[valueStart] === '"' || text[valueStart] === "'",
      })),
  }
}

const WINDOWS_LOGIN = /^\s*(true|yes|sspi|on|1)\s*$/i

/** Whether a value says what its part says; what does not stays an option, where it is seen and refused. */
function readsAs(part: PartName, value: string, provider: GuessedProvider): boolean {
  if (part === 'port') return /^\s*(\+?\d{1,9})?\s*$/.test(value)
  if (part !== 'integratedSecurity') return true
  return provider !== 'PostgreSQL' && (WINDOWS_LOGIN.test(value) || /^\s*(false|no|off|0)?\s*$/i.test(value))
}

/** Puts a connection string together, with quotes where a value needs them. */
export function printConnectionString(parts: ConnectionParts): Secret {
  const sqlServer = parts.provider === 'MsSqlServer'
  const password = {
    keyword: 'Password',
    value: parts.restOfPassword ? '' : (parts.password?.open() ?? ''),
  }
  const pairs: KeywordValue[] = [
    {
      keyword: spelling(parts.provider, 'server'),
      value: sqlServer ? joinServer(parts.provider, parts.server, parts.port) : parts.server,
    },
    { keyword: 'Port', value: sqlServer || parts.port === undefined ? '' : String(parts.port) },
    { keyword: spelling(parts.provider, 'database'), value: parts.database },
    { keyword: 'Integrated Security', value: parts.windowsLogin ? 'True' : '' },
    { keyword: 'User ID', value: parts.user },
    password,
  ].filter(({ value }) => value !== '')
  const all = [...pairs, ...parts.options]
  const printed = all.map((pair, at) => {
    const literal = pair === password && parts.literalPassword === true
    const value = literal ? printLiteral(pair.value) : printBefore(pair, all[at + 1])
    return `${pair.keyword.replaceAll('=', '==')}=${value};`
  })
  const cut = parts.restOfPassword
    ? `Password=${parts.password?.open() ?? ''}${parts.restOfPassword.open()};`
    : ''
  return new Secret(printed.join('') + cut)
}

/** A password stands in quotes before what would be taken for its rest. */
function printBefore({ keyword, value }: KeywordValue, next: KeywordValue | undefined): string {
  const plain = printValue(value)
  const bare = plain === value && holdsSecret(keyword) && next !== undefined && !isKnownKeyword(next.keyword)
  return bare ? `"${value}"` : plain
}

export interface PartChanges {
  readonly server?: string
  readonly port?: number
  readonly database?: string
  readonly user?: string
  readonly password?: Secret
}

/** Changes parts of a connection string in place: everything else stays as it is written, byte for byte. */
export function withParts(text: Secret, changes: PartChanges, provider?: Provider): Secret {
  const now = parseConnectionString(text, provider)
  let result = text.open()
  const set = (part: PartName, value: string): void => {
    result = setPart(result, now.provider, part, value)
  }
  const ownPort = readKeywordValues(result).some(({ keyword }) => partOf(keyword) === 'port')
  const { prefix, port: portInServer } = splitServer(now.provider, lastValue(result, 'server') ?? '')
  const portBesideName = now.provider === 'MsSqlServer' ? !ownPort : portInServer !== undefined
  if (portBesideName && (changes.server !== undefined || changes.port !== undefined)) {
    const server = changes.server ?? now.server
    set('server', prefix + joinServer(now.provider, server, changes.port ?? portInServer))
  } else {
    if (changes.server !== undefined) set('server', changes.server)
    if (changes.port !== undefined) set('port', String(changes.port))
  }
  if (changes.database !== undefined) set('database', changes.database)
  if (changes.user !== undefined) set('user', changes.user)
  if (changes.password !== undefined) set('password', changes.password.open())
  return new Secret(result)
}

/** Options as one text for a field, such as `SSL Mode=VerifyFull;Timeout=15`. Holds no secret. */
export function printOptions(options: readonly KeywordValue[]): string {
  return options
    .filter(({ keyword }) => !isSecretKeyword(keyword))
    .map(printKeywordValue)
    .join(';')
}

/**
 * The reverse of {@link printOptions}.
 * @throws SetupError `database.connection-string` when the text does not read as `keyword=value;...`.
 */
export function readOptions(text: string): readonly KeywordValue[] {
  return readKeywordValues(text).map(({ keyword, value }) => ({ keyword, value }))
}

/** Every value in the string that must not be shown: the password and options such as `SSL Password`. */
export function secretsIn(parts: ConnectionParts): readonly Secret[] {
  const hidden = parts.options.filter(({ keyword, value }) => value !== '' && isSecretKeyword(keyword))
  const rest = parts.restOfPassword?.open() ?? ''
  // Whoever reads the text as the drivers do speaks of its pieces.
  const pieces = [rest.slice(1), ...rest.split(/[;=]/)].map((piece) => piece.trim()).filter(Boolean)
  return [
    ...(parts.password ? [parts.password] : []),
    ...[...hidden.map(({ value }) => value), ...pieces].map((value) => new Secret(value)),
  ]
}

function setPart(text: string, provider: GuessedProvider, part: PartName, value: string): string {
  const pair = readKeywordValues(text).findLast(({ keyword }) => partOf(keyword) === part)
  const printed = part === 'password' ? printLiteral(value) : printValue(value)
  if (pair) return text.slice(0, pair.valueStart) + printed + text.slice(pair.valueEnd)
  const separator = text === '' || /;\s*$/.test(text) ? '' : ';'
  return `${text}${separator}${spelling(provider, part)}=${printed};`
}

function lastValue(text: string, part: PartName): string | undefined {
  return readKeywordValues(text).findLast(({ keyword }) => partOf(keyword) === part)?.value
}

function spelling(provider: GuessedProvider, part: PartName): string {
  if (part === 'server') return provider === 'MsSqlServer' ? 'Data Source' : 'Server'
  if (part === 'database') return provider === 'MsSqlServer' ? 'Initial Catalog' : 'Database'
  return { port: 'Port', user: 'User ID', password: 'Password', integratedSecurity: 'Integrated Security' }[
    part
  ]
}

function portPart(port: number | undefined): { port?: number } {
  return port === undefined ? {} : { port }
}
