import type { Provider } from '../contract/database.ts'
import { SetupError } from '../contract/problem.ts'
import { readKeywordValues, type KeywordValue } from '../database/connection/keyword-values.ts'
import { guessProvider, normalised, partOf } from '../database/connection/keywords.ts'
import { placeholderIn } from '../database/connection/placeholder.ts'
import { Secret } from '../secrets/secret.ts'
import { positionAt } from '../text/edit.ts'
import { decodeXml, scanXml, type XmlElement } from '../text/xml.ts'

type CreatioProvider = Provider | 'Oracle'

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
    .map((entry) => ({ ...entry, pairs: pairsIn(entry.value) }))
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
    .filter((entry) => entry === used || providerOf(entry.pairs) !== undefined)
    .map((entry) => describe(text, entry, used))
  const chosen = candidates.find(({ inUse }) => inUse)
  return { names: entries.map(({ name }) => name), candidates, ...(chosen ? { chosen } : {}) }
}

/** What an entry says, pair by pair; nothing where it is no connection string, such as a folder or an address. */
function pairsIn(value: string): readonly KeywordValue[] {
  try {
    return readKeywordValues(value)
  } catch {
    return []
  }
}

/**
 * Which kind of database an entry is for; undefined where it is for none, as that of Redis, or where it cannot be told.
 * What suits both is for SQL Server: for PostgreSQL Creatio writes `Host`, or `Server` with `Port`.
 */
function providerOf(pairs: readonly KeywordValue[]): CreatioProvider | undefined {
  const guessed = guessProvider(pairs)
  if (guessed === 'Oracle') return guessed
  const names = pairs.map(({ keyword }) => normalised(keyword))
  // Redis has a number under `db`.
  if (!names.includes('database') && !names.includes('initialcatalog')) return undefined
  if (guessed !== 'unknown') return guessed
  return pairs.some(({ keyword }) => partOf(keyword) === 'server') ? 'MsSqlServer' : undefined
}

interface Entry {
  readonly element: XmlElement
  readonly name: string
  readonly value: string
  readonly pairs: readonly KeywordValue[]
}

function describe(text: string, entry: Entry, used: Entry | undefined): DatabaseEntry {
  const { element, name, value, pairs } = entry
  const provider = providerOf(pairs)
  const found = {
    entry: name,
    inUse: entry === used,
    ...(provider ? { provider } : {}),
    placeholders: placeholdersIn(pairs),
  }
  return {
    ...found,
    about: wordsFor(found, used?.name),
    connectionString: new Secret(value),
    ...positionAt(text, element.offset),
  }
}

/** Names of a vault, once each. */
function placeholdersIn(pairs: readonly KeywordValue[]): readonly string[] {
  return [...new Set(pairs.map(({ value }) => placeholderIn(value)).filter((name) => name !== undefined))]
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
