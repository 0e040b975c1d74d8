/** What to do about a cause. */
export interface CauseRemedy {
  /** Starts with a verb. */
  readonly text: string
  /** A command line to copy. */
  readonly command?: string
  /** SQL to copy, for the database's owner. */
  readonly sql?: string
}

/** Names read from the log by the signs and facts of a cause, and what the caller knows. */
export type Found = Readonly<Partial<Record<FoundName, string>>>
export type FoundName =
  | 'address'
  | 'client'
  | 'database'
  | 'field'
  | 'file'
  | 'folder'
  | 'framework'
  | 'host'
  | 'index'
  | 'key'
  | 'line'
  | 'path'
  | 'pool'
  | 'schema'
  | 'site'
  | 'user'
  | 'value'
  | 'version'

/** One row of the table: a cause, how it shows, what helps. */
export interface Cause {
  /** Stable, such as `database.wrong-password`. */
  readonly id: string
  /** Each is matched against one line at a time; one match is enough. Named groups become {@link Found}. */
  readonly signs: readonly RegExp[]
  /** Further lines to read names from; they prove nothing by themselves. */
  readonly facts?: readonly RegExp[]
  /** Exit codes that point here when no sign of any row is in the log. */
  readonly exitCodes?: readonly number[]
  /** HTTP statuses that point here when nothing else does. */
  readonly statuses?: readonly number[]
  /** Why it happened, in a sentence or two. */
  readonly cause: (found: Found) => string
  readonly remedy: (found: Found) => CauseRemedy
  /** Where the rule comes from, for who wants to read on. */
  readonly see?: string
}

/** A name for SQL Server: sqlcmd takes double quotes for those of a text. */
export function bracketed(name: string | undefined, otherwise: string): string {
  return `[${(name ?? otherwise).replaceAll(']', ']]')}]`
}

/** A name for PostgreSQL. */
export function identifier(name: string | undefined, otherwise: string): string {
  return `"${(name ?? otherwise).replaceAll('"', '""')}"`
}

export function literal(value: string | undefined, otherwise: string): string {
  return `'${(value ?? otherwise).replaceAll("'", "''")}'`
}
