import type { ConnectionNote, DatabaseDrivers, Provider } from '../../contract/database.ts'
import { parseConnectionString, type ConnectionParts } from '../../database/connection/connection-string.ts'
import { isSecretKeyword, type GuessedProvider } from '../../database/connection/keywords.ts'
import { maskedText } from '../../database/connection/mask.ts'
import { notesOn } from '../../database/connection/notes.ts'
import { problemsIn } from '../../database/connection/problems.ts'
import { serviceForm } from '../../database/connection/service-form.ts'
import { HIDDEN, type Secret } from '../../secrets/secret.ts'
import { InspectionNotes, type Inspection } from './inspection.ts'

export interface InspectConnectionStringOptions {
  /** Left out, it is told by the keywords; where they suit both databases, that is refused. */
  readonly provider?: Provider
  /** What the service's build connects with; left out, current drivers are taken. */
  readonly drivers?: DatabaseDrivers
}

/**
 * A connection string part by part, what is to be said about it before anything is connected, and what would be written
 * for the service. Secrets read `[hidden]`. Nothing is connected.
 */
export async function inspectConnectionString(
  text: Secret,
  { provider, drivers }: InspectConnectionStringOptions = {},
): Promise<Inspection> {
  const notes = new InspectionNotes()
  const parts = await notes.attempt(() => parseConnectionString(text, provider))
  if (!parts) return notes.as('connection-string')
  notes.fact('Database system', SYSTEMS[parts.provider])
  sayParts(notes, parts)
  if (parts.provider === 'unknown') notes.refusals.push(UNKNOWN)
  else notes.refusals.push(...problemsIn(parts, drivers))
  if (parts.provider === 'PostgreSQL' || parts.provider === 'MsSqlServer') {
    const { connectionString } = serviceForm(text, parts.provider, drivers ? { drivers } : {})
    notes.fact('Written for the service', maskedText(connectionString))
    for (const note of notesOn(text, parts.provider, drivers)) sayOf(note, notes)
  }
  return notes.as('connection-string')
}

const SYSTEMS: Readonly<Record<GuessedProvider, string>> = {
  PostgreSQL: 'PostgreSQL',
  MsSqlServer: 'SQL Server',
  Oracle: 'Oracle',
  unknown: 'cannot be told',
}

const UNKNOWN = {
  code: 'database.unknown-provider',
  what: 'The keywords of the connection string suit PostgreSQL and SQL Server alike.',
  next: 'Say which database it is for: --provider PostgreSQL or --provider MsSqlServer.',
}

/** Errors are refusals already. */
function sayOf({ level, text, next }: ConnectionNote, notes: InspectionNotes): void {
  const said = [text, next].filter(Boolean).join(' ')
  if (level === 'warning') notes.warnings.push(said)
  if (level === 'info') notes.fact('Note', said)
}

/** What a connection string says, part by part; secrets hidden. */
export function sayParts(notes: InspectionNotes, parts: ConnectionParts): void {
  notes.fact('Server', parts.server || undefined)
  notes.fact('Port', parts.port)
  notes.fact('Database', parts.database || undefined)
  notes.fact('User', parts.windowsLogin ? 'Windows login of the service' : parts.user || undefined)
  notes.fact('Password', parts.password && HIDDEN)
  for (const { keyword, value } of parts.options)
    notes.fact(keyword, isSecretKeyword(keyword) ? HIDDEN : value)
}
