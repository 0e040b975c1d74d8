import { useEffect } from 'react'
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
