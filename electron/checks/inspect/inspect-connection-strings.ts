import { readConnectionStringsConfig, type DatabaseEntry } from '../../creatio/connection-strings-config.ts'
import { parseConnectionString } from '../../database/connection/connection-string.ts'
import { decodeXml } from '../../text/xml.ts'
import { sayParts } from './inspect-connection-string.ts'
import { InspectionNotes, writtenAs, type Inspection } from './inspection.ts'

/** What Creatio's `ConnectionStrings.config` says about the database, part by part. */
export async function inspectConnectionStrings(bytes: Uint8Array, file: string): Promise<Inspection> {
  const notes = new InspectionNotes()
  const config = await notes.attempt(() => readConnectionStringsConfig(bytes, file))
  if (!config) return notes.as('connection-strings')
  notes.fact('Written as', writtenAs(decodeXml(bytes, file)))
  notes.fact('Entries', config.names.join(', ') || 'none')
  for (const { entry, line, provider, about, inUse } of config.candidates)
    if (!inUse) notes.fact(`Entry ${entry} (line ${line})`, `${provider ?? 'unknown'}. ${about}`)
  if (config.chosen) await describeChosen(notes, config.chosen, file)
  else
    notes.refusals.push({
      code: 'connectionstrings.no-database',
      what: 'The file has neither an entry db nor dbPostgreSql.',
      where: { file },
      next: 'Choose the ConnectionStrings.config of the Creatio application, or type the connection.',
    })
  return notes.as('connection-strings')
}

async function describeChosen(notes: InspectionNotes, chosen: DatabaseEntry, file: string): Promise<void> {
  notes.fact('Entry used', `${chosen.entry} (line ${chosen.line})`)
  notes.fact('Database system', chosen.provider ?? 'cannot be told')
  if (chosen.provider === 'Oracle') {
    notes.warnings.push(
      'Creatio uses Oracle, which the Identity Service does not. Prepare a PostgreSQL or SQL Server database for it.',
    )
    return
  }
  if (chosen.placeholders.length > 0)
    notes.warnings.push(
      `The entry holds placeholders of a vault (${chosen.placeholders.join(', ')}). Give their values, by these names, in database.placeholders.`,
    )
  const { provider } = chosen
  const parts = await notes.attempt(() => parseConnectionString(chosen.connectionString, provider))
  if (!parts) {
    const refusal = notes.refusals.pop()!
    notes.refusals.push({ ...refusal, where: { file, line: chosen.line, column: chosen.column } })
    return
  }
  sayParts(notes, parts)
}
