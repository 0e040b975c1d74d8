import type { DatabaseContentsView } from '../../electron/contract/database.ts'
import { useClient } from './client.ts'
import { testPassed, useDatabase, type ContentsLook } from './database.ts'
import { currentDraft } from './slices.ts'

interface Compared {
  readonly id?: string
  readonly secret?: string
}

/** What the database holds, where it was compared with this very ID and secret. */
function comparedWith(
  contents: ContentsLook | undefined,
  { id, secret }: Compared,
): DatabaseContentsView | undefined {
  if (contents?.view === undefined) return undefined
  const compared = JSON.parse(contents.client) as Compared
  return compared.id === id && compared.secret === secret ? contents.view : undefined
}

/** What the database holds of the client that is typed now; undefined while it was not compared. */
export function useExistingClient(): DatabaseContentsView | undefined {
  const contents = useDatabase((state) => state.contents)
  const { id, secret } = useClient()
  return comparedWith(contents, { id, secret: secret.ref })
}

/** The same outside of a page. */
export function existingClient(): DatabaseContentsView | undefined {
  const { id, secret } = useClient.getState()
  return comparedWith(useDatabase.getState().contents, { id, secret: secret.ref })
}

/** Asks the database about the client that is typed now, once it is known that the database answers. */
export async function compareClient(): Promise<void> {
  const { test, way, look } = useDatabase.getState()
  if (way !== 'new' && testPassed(test)) await look(currentDraft())
}
