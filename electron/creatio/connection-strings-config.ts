import { SetupError } from '../contract/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { positionAt } from '../text/edit.ts'
import { decodeXml, scanXml, type XmlElement } from '../text/xml.ts'

type CreatioProvider = 'PostgreSQL' | 'MsSqlServer' | 'Oracle'

/** What Creatio's `ConnectionStrings.config` says about the database. */
export interface ConnectionStringsConfig {
  /** Names of all entries, in order. */
  readonly names: readonly string[]
  /** Entries for a database, in order. */
  readonly candidates: readonly DatabaseEntry[]
  /** The candidate that Creatio uses: `db`, else `dbPostgreSql`. Undefined when neither is there. */
  readonly chosen?: DatabaseEntry
}

/** An entry for a database, used by Creatio or left over. */
export interface DatabaseEntry {
  readonly entry: string
  /** Creatio itself uses it. */
  readonly inUse: boolean
  /** What it is, in words for the installer. */
  readonly about: string
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
  const used = wanted?.[0]
  const candidates = entries
    .filter((entry) => entry === used || providerOf(entry.value) !== undefined)
    .map((entry) => describe(text, entry, used))
  const chosen = candidates.find(({ inUse }) => inUse)
  return { names: entries.map(({ name }) => name), candidates, ...(chosen ? { chosen } : {}) }
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

interface Entry {
  readonly element: XmlElement
  readonly name: string
  readonly value: string
}

function describe(text: string, entry: Entry, used: Entry | undefined): DatabaseEntry {
  const { element, name, value } = entry
  const provider = providerOf(value)
  const found = {
    entry: name,
    inUse: entry === used,
    ...(provider ? { provider } : {}),
    placeholders: placeholdersIn(value),
  }
  return {
    ...found,
    about: wordsFor(found, used?.name),
    connectionString: new Secret(value),
    ...positionAt(text, element.offset),
  }
}

/**
 * `Password=[DbPassword]`, once each: Creatio fills such names from HashiCorp Vault (Creatio Academy, "Store secrets in
 * Vault"). An IPv6 address in brackets is none.
 */
function placeholdersIn(value: string): readonly string[] {
  const found = value.matchAll(/=\s*(["']?)\[([^\][;:"']+)\]\1\s*(?=;|$)/g)
  return [...new Set([...found].map(([, , name]) => name!))]
}

function wordsFor(
  { inUse, provider, placeholders }: Pick<DatabaseEntry, 'inUse' | 'provider' | 'placeholders'>,
  used: string | undefined,
): string {
  return [
    inUse
      ? 'Creatio uses it.'
      : used === undefined
        ? `Creatio uses none of this name: it reads ${ENTRIES.join(', formerly ')}.`
        : `Left over: Creatio uses ${used}.`,
    ...(provider === 'Oracle' ? ['It is for Oracle, which the Identity Service cannot use.'] : []),
    ...(provider === undefined ? ['It cannot be told which database it is for.'] : []),
    ...(placeholders.length > 0 ? ['Names in square brackets stand for values in a vault.'] : []),
  ].join(' ')
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
