import { Secret } from '../../secrets/secret.ts'
import { printKeywordValue, printValue, readKeywordValues, type KeywordValue } from './keyword-values.ts'
import type { Provider } from '../../contract/database.ts'
import { guessProvider, isSecretKeyword, partOf, type GuessedProvider, type PartName } from './keywords.ts'
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
  /** SQL Server: the login of whoever runs the program, no user and password. */
  readonly windowsLogin: boolean
  /** All other keywords, in order. */
  readonly options: readonly KeywordValue[]
}

/**
 * Takes a connection string apart. Of a repeated keyword the last one counts, as it does for both drivers.
 * @param provider what the string is for; left out, it is guessed from the keywords.
 * @throws SetupError `database.connection-string` when the text is not one.
 */
export function parseConnectionString(text: Secret | string, provider?: Provider): ConnectionParts {
  const pairs = readKeywordValues(typeof text === 'string' ? text : text.open())
  const values = new Map<PartName, string>()
  const options: KeywordValue[] = []
  for (const { keyword, value } of pairs) {
    const part = partOf(keyword)
    if (part === undefined) options.push({ keyword, value })
    else values.set(part, value)
  }
  const meant = provider ?? guessProvider(pairs)
  const { server, port } = splitServer(meant, values.get('server') ?? '')
  const portText = values.get('port')
  const password = values.get('password')
  return {
    provider: meant,
    server,
    ...portPart(portText === undefined ? port : portNumber(portText)),
    database: values.get('database') ?? '',
    user: values.get('user') ?? '',
    ...(password ? { password: new Secret(password) } : {}),
    windowsLogin: /^(true|yes|sspi)$/i.test(values.get('integratedSecurity') ?? ''),
    options,
  }
}

/** Puts a connection string together, with quotes where a value needs them. */
export function printConnectionString(parts: ConnectionParts): Secret {
  const sqlServer = parts.provider === 'MsSqlServer'
  const pairs: KeywordValue[] = [
    {
      keyword: spelling(parts.provider, 'server'),
      value: sqlServer ? joinServer(parts.provider, parts.server, parts.port) : parts.server,
    },
    { keyword: 'Port', value: sqlServer || parts.port === undefined ? '' : String(parts.port) },
    { keyword: spelling(parts.provider, 'database'), value: parts.database },
    { keyword: 'Integrated Security', value: parts.windowsLogin ? 'True' : '' },
    { keyword: 'User ID', value: parts.user },
    { keyword: 'Password', value: parts.password?.open() ?? '' },
  ].filter(({ value }) => value !== '')
  return new Secret([...pairs, ...parts.options].map((pair) => `${printKeywordValue(pair)};`).join(''))
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
  const portBesideName = !ownPort && (now.provider === 'MsSqlServer' || portInServer !== undefined)
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
  return [...(parts.password ? [parts.password] : []), ...hidden.map(({ value }) => new Secret(value))]
}

function setPart(text: string, provider: GuessedProvider, part: PartName, value: string): string {
  const pair = readKeywordValues(text).findLast(({ keyword }) => partOf(keyword) === part)
  if (pair) return text.slice(0, pair.valueStart) + printValue(value) + text.slice(pair.valueEnd)
  const separator = text === '' || /;\s*$/.test(text) ? '' : ';'
  return `${text}${separator}${spelling(provider, part)}=${printValue(value)};`
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

function portNumber(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) ? Number(text) : undefined
}
