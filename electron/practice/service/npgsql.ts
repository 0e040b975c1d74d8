import type { PoolConfig } from 'pg'
import type { DotnetException } from './failure.ts'
import { StartFailure } from './failure.ts'

/** Npgsql's names for what the driver here is told, with their synonyms. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  host: ['host', 'server'],
  port: ['port'],
  database: ['database', 'db'],
  user: ['username', 'user name', 'userid', 'user id', 'uid'],
  password: ['password', 'psw', 'pwd'],
  timeout: ['timeout'],
  maxPoolSize: ['maximum pool size', 'maxpoolsize'],
  sslMode: ['ssl mode', 'sslmode'],
  searchPath: ['search path', 'searchpath'],
}

/** Npgsql takes these too; they change nothing here. */
const IGNORED = new Set(
  `passfile;passcode;application name;applicationname;enlist;client encoding;encoding;timezone;persist security info;
  persistsecurityinfo;log parameters;include error detail;includeerrordetail;trust server certificate;
  trustservercertificate;root certificate;ssl certificate;ssl key;ssl password;check certificate revocation;
  channel binding;kerberos service name;include realm;pooling;minimum pool size;minpoolsize;connection idle lifetime;
  connectionidlelifetime;connection pruning interval;connection lifetime;command timeout;commandtimeout;
  internal command timeout;cancellation timeout;keepalive;tcp keepalive;tcp keepalive time;tcp keepalive interval;
  target session attributes;load balance hosts;host recheck seconds;options;max auto prepare;auto prepare min usages;
  read buffer size;write buffer size;socket receive buffer size;socket send buffer size;no reset on close;
  load table composites;replication mode;array nullability mode;multiplexing;server compatibility mode`
    .split(';')
    .map((name) => name.trim()),
)

/**
 * Turns an Npgsql connection string into what the `pg` driver takes. Creatio's own spelling
 * (`Server=…;User ID=…;MaxPoolSize=…`) is understood, SQL Server's is refused. A reader of its own, apart from the
 * wizard's: if both shared one, a string that only they understand would pass for a good one.
 * Throws a StartFailure in Npgsql's words. https://www.npgsql.org/doc/connection-string-parameters.html
 */
export function readConnectionString(text: string): PoolConfig & { host: string; port: number } {
  const found = new Map<string, string>()
  for (const [key, value] of pairs(text)) {
    const option = Object.keys(OPTIONS).find((name) => OPTIONS[name]!.includes(key))
    if (option === undefined && !IGNORED.has(key)) throw unset(key, UNKNOWN)
    // A keyword without a value counts as left out.
    if (option !== undefined && value !== '') found.set(option, value)
  }
  const host = found.get('host')
  if (host === undefined) throw new StartFailure('System.ArgumentException', "Host can't be null")
  const user = found.get('user')
  const searchPath = found.get('searchPath')
  return {
    host,
    port: whole(found, 'port', 5432),
    ...(user === undefined ? {} : { user }),
    database: found.get('database') ?? user ?? 'postgres',
    // As a function, so that the driver does not look for a missing password elsewhere.
    password: () => found.get('password') ?? '',
    connectionTimeoutMillis: whole(found, 'timeout', 15) * 1000,
    max: Math.min(whole(found, 'maxPoolSize', 100), 10),
    ssl: encryption(found.get('sslMode')),
    ...(searchPath === undefined ? {} : { options: `-c search_path=${searchPath.replaceAll(' ', '\\ ')}` }),
  }
}

/** `Require` encrypts without looking at the certificate; only the two Verify modes do. */
function encryption(mode = 'Prefer'): false | { rejectUnauthorized: boolean } {
  const plain = mode.toLowerCase().replace(/[^a-z]/g, '')
  if (['disable', 'allow', 'prefer'].includes(plain)) return false
  return { rejectUnauthorized: plain.startsWith('verify') }
}

function whole(found: ReadonlyMap<string, string>, name: string, otherwise: number): number {
  const text = found.get(name)
  if (text === undefined) return otherwise
  if (/^\s*\d+\s*$/.test(text)) return Number(text)
  const message = `The input string '${text}' was not in a correct format.`
  throw unset(name, { type: 'System.FormatException', message })
}

const UNKNOWN: DotnetException = {
  type: 'System.Collections.Generic.KeyNotFoundException',
  message: 'The given key was not present in the dictionary.',
}

function unset(key: string, inner: DotnetException): StartFailure {
  return new StartFailure('System.ArgumentException', `Couldn't set ${key} (Parameter '${key}')`, inner)
}

/** ADO.NET's grammar: `key=value;`, `==` in a key for `=`, values quoted with `'` or `"`, doubled inside. */
const KEY = /((?:[^=;]|==)+)=(?!=)\s*/y
const VALUE = /(?:"((?:[^"]|"")*)"|'((?:[^']|'')*)'|([^;"'\s][^;]*|))\s*(?:;|$)/y

function* pairs(text: string): Generator<readonly [key: string, value: string]> {
  for (let at = start(text, 0); at < text.length; at = start(text, VALUE.lastIndex)) {
    KEY.lastIndex = at
    const key = KEY.exec(text)?.[1]
    VALUE.lastIndex = KEY.lastIndex
    const value = key === undefined ? null : VALUE.exec(text)
    if (key === undefined || value === null)
      throw new StartFailure(
        'System.ArgumentException',
        `Format of the initialization string does not conform to specification starting at index ${at}.`,
      )
    const [, double, single, bare] = value
    yield [
      key.replaceAll('==', '=').trim().toLowerCase(),
      double?.replaceAll('""', '"') ?? single?.replaceAll("''", "'") ?? bare!.trim(),
    ]
  }
}

/** Where the next pair begins: past blanks and semicolons. */
function start(text: string, from: number): number {
  let at = from
  while (at < text.length && /[\s;]/.test(text[at]!)) at++
  return at
}
