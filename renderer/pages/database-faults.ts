import { messages } from '../messages/index.ts'
import { judged, needed, portFault } from '../rules.ts'
import type { Fault } from '../store/faults.ts'
import { useDatabase } from '../store/database.ts'
import { useFiles } from '../store/files.ts'

const text = messages.database

/** What is missing or wrong in the chosen way. */
export function valueFaults(): readonly Fault[] {
  const state = useDatabase.getState()
  switch (state.way) {
    case 'practice':
      return []
    case 'creatio':
      return useFiles.getState().creatio?.connection === undefined
        ? [{ path: 'database.from', text: text.creatioNeeded }]
        : []
    case 'connection-string':
      return state.parseProblem !== undefined
        ? [{ path: 'database.connectionString', text: state.parseProblem.what }]
        : needed('database.connectionString', state.connectionString.ref, text.connectionStringName)
    case 'fields':
      return [
        ...needed('database.server', state.server, text.serverName),
        ...judged('database.port', state.port, portFault),
        ...needed('database.database', state.database, text.databaseName),
        ...needed('database.user', state.user, text.userName),
        ...needed('database.password', state.password.ref, text.passwordName),
      ]
  }
}
