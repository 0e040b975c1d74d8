import { useEffect } from 'react'
import type { ConnectionView } from '../../electron/contract/database.ts'
import { typedArrived } from '../pending.ts'
import { databaseOf, useDatabase, type Printed } from '../store/database.ts'
import { currentDraft } from '../store/slices.ts'
import { valueFaults } from './database-faults.ts'

/** Milliseconds after the last key: one question for a word, not one for each letter. */
const pause = 300

/**
 * What the typed values make of a connection string, asked for once nothing is missing; undefined while something is.
 * What was made of other values is not given.
 */
export function usePrinted(): Printed | undefined {
  const printed = useDatabase((state) => state.printed)
  // Every change of a value renders the page again; the client is no part of this.
  const draft = useDatabase(() => databaseOf(currentDraft()))
  useEffect(() => {
    if (valueFaults().length > 0 || useDatabase.getState().printed?.of === draft) return
    const timer = setTimeout(() => void useDatabase.getState().print(currentDraft()), pause)
    return () => clearTimeout(timer)
  }, [draft])
  return printed?.of === draft ? printed : undefined
}

/**
 * What the page shows as one connection, once everything that was typed before has arrived: whoever turns to another
 * view of it has just left a field. Undefined where that cannot be read; the page says why.
 */
export async function latestConnection(shown: ConnectionView): Promise<ConnectionView | undefined> {
  const before = databaseOf(currentDraft())
  const { way: from } = useDatabase.getState()
  await typedArrived()
  const { way, parsed, unread, printed, print } = useDatabase.getState()
  // Another view was chosen in the meantime.
  if (way !== from) return undefined
  if (way === 'connection-string') return unread === '' ? parsed : undefined
  const draft = currentDraft()
  const now = databaseOf(draft)
  if (now === before) return shown
  if (valueFaults().length > 0) return undefined
  return (printed?.of === now ? printed : await print(draft)).connection
}
