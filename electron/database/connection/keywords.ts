import type { Provider } from '../../contract/database.ts'
import { exactKeyword, loosely, meantKeyword, similarKeyword, wordIn } from './driver-keywords.ts'
import type { KeywordValue } from './keyword-values.ts'
import { npgsqlVocabulary } from './npgsql-keywords.ts'
import { sqlClientVocabulary } from './sqlclient-keywords.ts'

/** Oracle is recognised only to say that the service cannot use it. */
export type GuessedProvider = Provider | 'Oracle' | 'unknown'

export type PartName = 'server' | 'port' | 'database' | 'user' | 'password' | 'integratedSecurity'

/**
 * Spellings of the parts that have a field of their own, without space, `_` and `-`, in lower case.
 * https://www.npgsql.org/doc/connection-string-parameters.html
 * https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnection.connectionstring
 */
const SPELLINGS: Readonly<Record<PartName, readonly string[]>> = {
  server: ['server', 'host', 'hostname', 'datasource', 'address', 'addr', 'networkaddress'],
  port: ['port'],
  database: ['database', 'initialcatalog', 'db', 'dbname'],
  user: ['userid', 'username', 'uid', 'user'],
  password: ['password', 'pwd', 'psw', 'pass', 'passwd'],
  integratedSecurity: ['integratedsecurity', 'trustedconnection'],
}

const PART_OF = new Map<string, PartName>(
  Object.entries(SPELLINGS).flatMap(([part, names]) => names.map((name) => [name, part as PartName])),
)

/** Lower case and without space. */
export function normalised(keyword: string): string {
  return keyword.toLowerCase().replaceAll(/\s/g, '')
}

/**
 * The part that a keyword names, or undefined for an option. Spellings that a driver does not take are understood too:
 * `serviceForm` writes those that it does.
 */
export function partOf(keyword: string): PartName | undefined {
  return PART_OF.get(loosely(keyword))
}

const ONLY_POSTGRES = ['host', 'port', 'username', 'sslmode', 'searchpath', 'rootcertificate', 'db', 'psw']
const ONLY_SQL_SERVER = [
  'datasource',
  'initialcatalog',
  'integratedsecurity',
  'trusted_connection',
  'multipleactiveresultsets',
  'encrypt',
  'attachdbfilename',
  'userinstance',
  'applicationintent',
  'multisubnetfailover',
  'failoverpartner',
  'packetsize',
  'networkaddress',
  'addr',
  'address',
  'async',
  'asynchronousprocessing',
]
/** `//host:1521/service`: what names a service with its server, and no database beside. */
const ORACLE_SERVICE = /^\s*(\/\/)?[^\s\\/,:]+(:\d+)?\/[^\\,]+$/
const ONLY_ORACLE = ['statementcachesize', 'tnsadmin', 'dbaprivilege']

/** Tells the database by the keywords only one driver knows; `unknown` when the string suits several. */
export function guessProvider(pairs: readonly KeywordValue[]): GuessedProvider {
  const values = new Map(pairs.map(({ keyword, value }) => [normalised(keyword), value]))
  const server = values.get('datasource') ?? values.get('server') ?? ''
  const byOracle =
    /^\s*\(\s*description\s*=/i.test(server) || ONLY_ORACLE.some((keyword) => values.has(keyword))
  const named = pairs.some(({ keyword }) => partOf(keyword) === 'database')
  if (byOracle || (!named && ORACLE_SERVICE.test(values.get('datasource') ?? ''))) return 'Oracle'
  const sqlServer =
    ONLY_SQL_SERVER.some((keyword) => values.has(keyword)) ||
    /\\|^(tcp|np|lpc|admin):|,\s*\d+\s*$/i.test(server)
  const postgres = ONLY_POSTGRES.some((keyword) => values.has(keyword))
  if (postgres && sqlServer) return values.has('datasource') ? 'MsSqlServer' : 'PostgreSQL'
  if (postgres) return 'PostgreSQL'
  return sqlServer ? 'MsSqlServer' : 'unknown'
}

/** Passwords by other names, in a few languages and with a letter missing. */
const SECRET =
  /pass(?!file)|pasw|pwd|psw|secret|token|credential|kennwort|contrase|senha|parol|has[lł]o|пароль/

/** Whether an option's value is to be kept out of sight, such as `SSL Password`. */
export function isSecretKeyword(keyword: string): boolean {
  return SECRET.test(normalised(keyword))
}

/** Whether a keyword is one of some driver, or looks like one that is mistyped. */
export function isKnownKeyword(keyword: string): boolean {
  if (partOf(keyword) !== undefined || ONLY_ORACLE.includes(normalised(keyword))) return true
  return [npgsqlVocabulary, sqlClientVocabulary].some(
    (vocabulary) =>
      (exactKeyword(vocabulary, keyword) ??
        meantKeyword(vocabulary, keyword) ??
        wordIn(vocabulary.needless, keyword) ??
        wordIn(vocabulary.instead, keyword) ??
        similarKeyword(vocabulary, keyword)) !== undefined,
  )
}
