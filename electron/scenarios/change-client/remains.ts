import type {
  ClientMentions,
  ClientRow,
  ClientRows,
  IdentityDatabase,
} from '../../database/identity-database.ts'
import { rowsFromSettings } from '../../service/client-tables.ts'
import type { TableRows } from '../../steps/client-rows.ts'
import type { ClientDecision } from './decide.ts'

/** What a change of the client leaves as it is in the database, and what it does not bring back. */
export interface ClientRemains {
  /** Tables with rows of the client that goes, `Clients` first. */
  readonly tables: readonly TableRows[]
  /** Rows that the settings do not give the client, so that the service does not make them again. */
  readonly onlyInDatabase: readonly TableRows[]
  readonly mentions: ClientMentions
  /** Seconds for which a token of the client holds, where its row says so. */
  readonly tokenSeconds?: number
}

export const NO_REMAINS: ClientRemains = {
  tables: [],
  onlyInDatabase: [],
  mentions: { grants: [], owned: 0 },
}

/** Merged into the settings, or replaced by what is asked for. */
const CARRIED_OVER = ['Clients', 'ClientScopes', 'ClientGrantTypes', 'ClientSecrets']

/** Looks at what hangs on the client that goes, and at what only names it. */
export async function lookAtRemains(
  database: IdentityDatabase,
  rows: readonly ClientRow[],
  { former, toGo }: ClientDecision,
  settings: { readonly path: string; readonly before: Uint8Array },
): Promise<ClientRemains> {
  if (rows.length === 0) return NO_REMAINS
  const kept = toGo && (await database.rowsOf(toGo.clientId))
  const tables = (kept?.tables ?? [])
    .map(({ table, rows: each }) => ({ table, rows: each.length }))
    .filter((each) => each.rows > 0)
  const onlyInDatabase = tables
    .filter(({ table }) => !CARRIED_OVER.includes(table))
    .map(({ table, rows: all }) => ({
      table,
      rows: all - rowsFromSettings(settings.before, former.id, table, settings.path),
    }))
    .filter((each) => each.rows > 0)
  const seconds = lifetimeIn(kept)
  return {
    tables,
    onlyInDatabase,
    mentions: await database.mentionsOf(former.id),
    ...(seconds === undefined ? {} : { tokenSeconds: seconds }),
  }
}

function lifetimeIn(kept: ClientRows | undefined): number | undefined {
  const seconds = kept?.tables[0]?.rows[0]?.['AccessTokenLifetime']
  return typeof seconds === 'number' ? seconds : undefined
}
