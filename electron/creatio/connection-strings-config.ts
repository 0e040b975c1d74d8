import { SetupError } from '../contract/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { positionAt } from '../text/edit.ts'
import { decodeXml, scanXml, type XmlElement } from '../text/xml.ts'

type CreatioProvider = 'PostgreSQL' | 'MsSqlServer' | 'Oracle'

/** What Creatio's `ConnectionStrings.config` says about the database. */
export interface ConnectionStringsConfig {
  /** Names of all entries, in order. */
  readonly names: readonly string[]
  /** The entry Creatio uses: `db`, else `dbPostgreSql`. Undefined when neither is there. */
  readonly chosen?: ChosenConnection
  /** Other entries that hold a database connection string and are not used. */
  readonly leftOver: readonly string[]
}

export interface ChosenConnection {
  readonly entry: string
  readonly connectionString: Secret
  /** Guessed from the string itself; undefined when it cannot be told. */
  readonly provider?: CreatioProvider
  /** Names in square brackets that stand for values kept in a vault, such as `DbPassword`. */
  readonly placeholders: readonly string[]
  /** 1-based place of the entry. */
  readonly line: number
  readonly column: number
}

/** The database entry is `db` for every provider; `dbPostgreSql` is its older name (Creatio Academy, "ConnectionStrings.config"). */
const ENTRIES = ['db', 'dbPostgreSql'] as const

/**
 * Reads the connection strings of a Creatio application; nothing is changed.
 *
 * Throws `xml.malformed` and `text.*` with line and column, and `connectionstrings.not-one`, `.elsewhere`
 * (configSource), `.encrypted` (a protected section), `.duplicate`.
 */
export function readConnectionStringsConfig(bytes: Uint8Array, file?: string): ConnectionStringsConfig {
  const { text } = decodeXml(bytes, file)
  const elements = scanXml(text, file)
  const section = findSection(text, elements, file)
  const entries = elements
    .filter(({ name, parent }) => name === 'add' && parent === section)
    .map((element) => ({
      element,
      name: attributeOf(element, 'name') ?? '',
      value: attributeOf(element, 'connectionString') ?? '',
    }))
  const named = (wanted: string) => entries.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  const wanted = ENTRIES.map(named).find((found) => found.length > 0)
  if (wanted && wanted.length > 1)
    throw refuse(text, wanted[1]!.element, file, {
      code: 'duplicate',
      what: `The entry ${wanted[1]!.name} stands twice, so it is not clear which database Creatio uses.`,
      next: 'Remove one of the two entries and try again.',
    })
  const chosen = wanted?.[0]
  return {
    names: entries.map(({ name }) => name),
    ...(chosen ? { chosen: describe(text, chosen) } : {}),
    leftOver: entries
      .filter((entry) => entry !== chosen && providerOf(entry.value) !== undefined)
      .map(({ name }) => name),
  }
}

/**
 * Which kind of database a connection string is for, by the words it uses; undefined when it cannot be told.
 * `Host`, or `Server` with `Port`, is Npgsql's way; Oracle gives a descriptor, a service name or no database at all.
 */
function providerOf(connectionString: string): CreatioProvider | undefined {
  const keys = new Map(
    [...connectionString.matchAll(/(?:^|;)\s*([^=;]+?)\s*=\s*("[^"]*"|'[^']*'|[^;]*)/g)].map(
      ([, key, value]) => [key!.toLowerCase().replaceAll(' ', ''), value!.trim()] as const,
    ),
  )
  const source = keys.get('datasource') ?? ''
  if (/\(\s*DESCRIPTION\s*=/i.test(connectionString) || keys.has('statementcachesize')) return 'Oracle'
  const database = keys.has('database') || keys.has('initialcatalog')
  if (!database)
    return keys.has('datasource') && keys.has('userid') && /[:/]/.test(source) ? 'Oracle' : undefined
  if (keys.has('host')) return 'PostgreSQL'
  if (keys.has('server') && keys.has('port') && !keys.has('datasource')) return 'PostgreSQL'
  return ['datasource', 'server', 'address', 'addr', 'networkaddress'].some((key) => keys.has(key))
    ? 'MsSqlServer'
    : undefined
}

function describe(
  text: string,
  { element, name, value }: { element: XmlElement; name: string; value: string },
): ChosenConnection {
  const provider = providerOf(value)
  return {
    entry: name,
    connectionString: new Secret(value),
    ...(provider ? { provider } : {}),
    placeholders: [...value.matchAll(/=\s*\[([^\][;]+)\]\s*(?=;|$)/g)].map(([, placeholder]) => placeholder!),
    ...positionAt(text, element.offset),
  }
}

/** The file holds the section alone; a whole Web.config holds it one level down. */
function findSection(text: string, elements: readonly XmlElement[], file: string | undefined): XmlElement {
  const root = elements[0]!
  const section = elements.find(
    ({ name, parent }) => name === 'connectionStrings' && (parent === undefined || parent === root),
  )
  if (!section)
    throw refuse(text, root, file, {
      code: 'not-one',
      what: `The file holds ${root.name} where connectionStrings is expected.`,
      next: 'Choose the ConnectionStrings.config in the root folder of Creatio.',
    })
  const source = attributeOf(section, 'configSource')
  if (source !== undefined)
    throw refuse(text, section, file, {
      code: 'elsewhere',
      what: `The connection strings stand in another file: ${source}.`,
      next: `Choose ${source} instead.`,
    })
  if (elements.some(({ name, parent }) => name === 'EncryptedData' && parent === section))
    throw refuse(text, section, file, {
      code: 'encrypted',
      what: 'The connection strings are encrypted (protected configuration), so they cannot be read from the file.',
      next: 'Type the connection string, or decrypt a copy of the file with aspnet_regiis -pdf.',
    })
  return section
}

function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.value
}

function refuse(
  text: string,
  element: XmlElement,
  file: string | undefined,
  problem: { code: string; what: string; next: string },
): SetupError {
  return new SetupError({
    ...problem,
    code: `connectionstrings.${problem.code}`,
    where: { ...(file === undefined ? {} : { file }), ...positionAt(text, element.offset) },
  })
}
