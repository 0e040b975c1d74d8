import { messages } from '../messages/index.ts'
import { useDatabase } from '../store/database.ts'
import { DatabaseCreatio } from './database-creatio.tsx'
import { DatabaseFields } from './database-fields.tsx'
import { DatabaseOwn } from './database-own.tsx'
import { DatabaseText } from './database-text.tsx'

/** The fields of the chosen way. */
export function DatabaseForm() {
  const way = useDatabase((state) => state.way)
  switch (way) {
    case 'creatio':
      return <DatabaseCreatio />
    case 'connection-string':
      return <DatabaseText />
    case 'fields':
      return <DatabaseFields />
    case 'new':
      return <DatabaseOwn />
    case 'practice':
      return <p className="secondary">{messages.database.practiceText}</p>
  }
}
