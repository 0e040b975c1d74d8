import type { ConnectionView } from '../../electron/contract/database.ts'
import { messages } from '../messages/index.ts'
import { judged, needed, portFault } from '../rules.ts'
import { chosenCandidate, onlyCandidate } from '../store/candidate.ts'
import type { NewDatabaseData } from '../store/database-data.ts'
import type { Fault } from '../store/faults.ts'
import { useDatabase } from '../store/database.ts'
import { useFiles } from '../store/files.ts'

const text = messages.database

export const placeholderPath = (name: string): string => `database.placeholders.${name}`

/** What is missing or wrong in the chosen way. */
export function valueFaults(): readonly Fault[] {
  const state = useDatabase.getState()
  switch (state.way) {
    case 'practice':
      return []
    case 'creatio':
      return creatioFaults()
    case 'connection-string':
      if (state.parseProblem !== undefined)
        return [{ path: 'database.connectionString', text: state.parseProblem.what }]
      return [
        ...needed('database.connectionString', state.connectionString.ref, text.text.name),
        ...refusals('database.connectionString', state.parsed),
      ]
    case 'fields':
      return [...placeFaults(state), ...needed('database.password', state.password.ref, text.passwordName)]
    case 'new':
      return ownFaults(state.own)
  }
}

function creatioFaults(): readonly Fault[] {
  const { entry, placeholders } = useDatabase.getState()
  const { creatio } = useFiles.getState()
  if (creatio === undefined) return [{ path: 'database.from', text: text.creatio.needed }]
  const candidate = chosenCandidate(creatio, entry)
  if (candidate === undefined)
    return creatio.candidates.length === 0
      ? [{ path: 'database.from', text: text.creatio.noEntry }]
      : [{ path: 'database.entry', text: text.creatio.nothingInUse }]
  // Where nothing can be chosen among the entries, the way to another database is what helps.
  const path = onlyCandidate(creatio) === undefined ? 'database.entry' : 'database.from'
  if (candidate.connection === undefined || candidate.problem !== undefined)
    return [{ path, text: candidate.problem?.what ?? text.creatio.noEntry }]
  // With names of a vault in it, the string says nothing yet that could be judged.
  if (candidate.placeholders.length === 0) return refusals(path, candidate.connection)
  return candidate.placeholders.flatMap((name) =>
    needed(placeholderPath(name), placeholders[name]?.slot.ref ?? '', text.vault.name(name)),
  )
}

const ownFaults = (own: NewDatabaseData): readonly Fault[] => [
  ...placeFaults(own),
  ...needed('database.password', own.password.ref, text.own.passwordName),
  ...needed('database.administrator.user', own.administrator, text.own.administratorName),
  ...needed(
    'database.administrator.password',
    own.administratorPassword.ref,
    text.own.administratorPasswordName,
  ),
]

const placeFaults = (
  data: Pick<NewDatabaseData, 'server' | 'port' | 'database' | 'user'>,
): readonly Fault[] => [
  ...needed('database.server', data.server, text.serverName),
  ...judged('database.port', data.port, portFault),
  ...needed('database.database', data.database, text.databaseName),
  ...needed('database.user', data.user, text.userName),
]

/** What the service cannot use, as the back end judged it. */
const refusals = (path: string, connection: ConnectionView | undefined): readonly Fault[] =>
  (connection?.notes ?? [])
    .filter(({ level }) => level === 'error')
    .slice(0, 1)
    .map((note) => ({ path, text: note.text }))
