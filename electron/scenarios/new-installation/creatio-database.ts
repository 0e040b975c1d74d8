import type { Answers } from '../../contract/answers.ts'
import { problemOf, SetupError, type Problem } from '../../contract/problem.ts'
import { readConnectionStringsConfig, type DatabaseEntry } from '../../creatio/connection-strings-config.ts'
import { findInCreatioFolder } from '../../creatio/creatio-folder.ts'
import { readKeywordValues } from '../../database/connection/keyword-values.ts'
import { holdsSecret } from '../../database/connection/secret-values.ts'
import type { DatabaseTarget } from '../../database/target.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { SecretReferences } from '../../setup/secret-references.ts'
import { refused } from '../refused.ts'
import { fillPlaceholders } from './vault-placeholders.ts'

export interface CreatioSources {
  readonly machine: Machine
  readonly references: SecretReferences
}

type FromCreatio = Extract<Answers['database'], { readonly from: 'creatio' }>

/**
 * The database of an entry in Creatio's `ConnectionStrings.config`, with the names of a vault filled in.
 * @throws SetupError `creatio.*`, `database.oracle`, `database.placeholder`, `answers.invalid`, `secret.*`
 */
export async function creatioDatabase(
  database: FromCreatio,
  folder: string,
  { machine, references }: CreatioSources,
): Promise<DatabaseTarget> {
  const { connectionStrings: file } = await findInCreatioFolder(machine, folder)
  const bytes = file && (await machine.files.read(file))
  if (!bytes || file === undefined)
    throw problem({
      code: 'creatio.no-connection-strings',
      what: 'There is no ConnectionStrings.config in Creatio’s folder.',
      where: { file: folder, path: 'creatio.folder' },
      next: 'Name the folder that holds ConnectionStrings.config, or give the database another way.',
    })
  const { candidates, chosen } = readConnectionStringsConfig(bytes, file)
  const entry = database.entry === undefined ? chosen : named(database.entry, candidates, file)
  if (entry && !entry.provider) refuseUnreadable(entry, file)
  if (!entry?.provider)
    throw problem({
      code: 'creatio.no-database-entry',
      what: 'ConnectionStrings.config has no entry “db” or “dbPostgreSql” that this program can read.',
      where: { file, path: 'database' },
      next:
        candidates.length > 0
          ? `Name the entry that is meant (${candidates.map((each) => each.entry).join(', ')}), or give the database another way.`
          : 'Give the database as a connection string or in fields.',
    })
  if (entry.provider === 'Oracle')
    throw problem({
      code: 'database.oracle',
      what: 'Creatio uses Oracle, which the Identity Service cannot use.',
      where: { file, line: entry.line, column: entry.column, path: 'database' },
      next: 'Give the Identity Service a PostgreSQL or SQL Server database of its own: let this setup make it (from: "new"), or name one that is there.',
    })
  const values = await placeholderValues(database, entry, references)
  return {
    provider: entry.provider,
    connectionString:
      entry.placeholders.length > 0
        ? fillPlaceholders(entry.connectionString, values)
        : entry.connectionString,
  }
}

/** @throws SetupError `database.connection-string` where the entry is none, rather than one that nobody can tell. */
function refuseUnreadable({ connectionString, line, column }: DatabaseEntry, file: string): void {
  try {
    readKeywordValues(connectionString.open())
  } catch (error) {
    throw problem({ ...problemOf(error), where: { file, line, column, path: 'database' } })
  }
}

function named(wanted: string, candidates: readonly DatabaseEntry[], file: string): DatabaseEntry {
  const found = candidates.filter(({ entry }) => entry.toLowerCase() === wanted.toLowerCase())
  if (found.length === 1) return found[0]!
  const names = [...new Set(candidates.map(({ entry }) => entry))].join(', ')
  throw problem({
    code: 'creatio.no-such-entry',
    what:
      found.length === 0
        ? `ConnectionStrings.config has no database entry “${wanted}”.`
        : `ConnectionStrings.config has more than one entry “${wanted}”, so it is not clear which one is meant.`,
    where: { file, path: 'database.entry' },
    next: names === '' ? 'Give the database another way.' : `Name one of these: ${names}.`,
  })
}

/** Values by the names they stand for. Only what stands for a secret is hidden from then on: a database’s name is none. */
async function placeholderValues(
  { placeholders = {} }: FromCreatio,
  entry: DatabaseEntry,
  references: SecretReferences,
): Promise<ReadonlyMap<string, Secret>> {
  const secret = secretNames(entry)
  const values = new Map<string, Secret>()
  for (const [name, reference] of Object.entries(placeholders)) {
    const path = `database.placeholders.${name}`
    if (!entry.placeholders.includes(name))
      throw problem(
        refused(
          path,
          `The entry “${entry.entry}” has no value [${name}].`,
          entry.placeholders.length === 0
            ? 'Remove it.'
            : `Remove it, or correct its spelling: ${entry.placeholders.join(', ')}.`,
        ),
      )
    const hides = secret.has(name) ? undefined : () => []
    values.set(name, await references.open(reference, path, hides))
  }
  return values
}

function secretNames({ connectionString }: DatabaseEntry): ReadonlySet<string> {
  return new Set(
    readKeywordValues(connectionString.open())
      .filter(({ keyword }) => holdsSecret(keyword))
      .map(({ value }) => value.replace(/^\[(.*)\]$/, '$1')),
  )
}

function problem(about: Problem): SetupError {
  return new SetupError({ ...about, untouched: 'Nothing was changed.' })
}
