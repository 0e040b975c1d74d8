import type { DatabaseDrivers, Provider } from '../../contract/database.ts'
import { maskedText } from '../../database/connection/mask.ts'
import type { Secret } from '../../secrets/secret.ts'
import { InspectionNotes, type Inspection } from './inspection.ts'

/** What a connection string says, part by part, what is to be said about it, and what would be written for the service. */
export async function inspectConnectionString(
  text: Secret,
  _options: { readonly provider?: Provider; readonly drivers?: DatabaseDrivers } = {},
): Promise<Inspection> {
  const notes = new InspectionNotes()
  const shown = await notes.attempt(() => maskedText(text))
  notes.fact('Connection string', shown)
  return notes.as('connection-strings')
}
