import type { ClientRowView, DatabaseContentsView, DatabaseVerdict } from '../contract/database.ts'
import type { Secret } from '../secrets/secret.ts'
import type { ClientRow, Migration } from './identity-database.ts'
import type { IdentityTables } from './identity-tables.ts'
import { secretMatches } from './secret-matches.ts'
import { foundTables } from './connection-test/schema-finding.ts'

export interface FoundContents {
  readonly tables: IdentityTables
  readonly migrations: readonly Migration[]
  readonly clients: readonly ClientRow[]
  /** The client that this setup is about. */
  readonly client?: { readonly id: string; readonly secret?: Secret }
}

type Words = Pick<DatabaseContentsView, 'verdict' | 'summary' | 'meaning'>

/** What the tables and clients that were found mean for the setup, in words. */
export function judgeContents({ tables, migrations, clients, client }: FoundContents): DatabaseContentsView {
  const views = clients.map((row) => viewOf(row, row.clientId === client?.id ? client.secret : undefined))
  return {
    ...wordsFor(tables, views, client?.id),
    schema: tables.version,
    present: tables.present,
    missing: tables.missing,
    migrations,
    clients: views,
  }
}

/** A client as it may be shown: its secret is compared by hash, if one is given, and left behind. */
export function viewOf(row: ClientRow, secret: Secret | undefined): ClientRowView {
  return {
    key: row.key,
    id: row.clientId,
    name: row.name ?? '',
    enabled: row.enabled,
    scopes: row.scopes,
    grantTypes: row.grantTypes,
    redirectUris: row.redirectUris,
    ...(row.created ? { created: row.created.toISOString() } : {}),
    secret: compare(row, secret),
  }
}

function compare({ secrets }: ClientRow, secret: Secret | undefined): ClientRowView['secret'] {
  const shared = secrets.filter(({ type }) => type === 'SharedSecret')
  if (shared.length === 0) return 'none'
  if (secret === undefined) return 'not-compared'
  return shared.some(({ value }) => secretMatches(secret, value)) ? 'matches' : 'differs'
}

function wordsFor(tables: IdentityTables, clients: readonly ClientRowView[], id: string | undefined): Words {
  const found = foundTables(tables)
  if (tables.version === 'none') return nothing(tables)
  if (tables.version === 'partly')
    return {
      verdict: 'incomplete',
      summary: `${found}, but not all it needs: ${tables.missing.join(', ')} ${tables.missing.length === 1 ? 'is' : 'are'} missing.`,
      meaning:
        'An earlier installation stopped half-way, or something else uses these names. Find out where the tables come from, or choose another database.',
    }
  const older =
    tables.version === 'v3'
      ? ' The tables have the names of IdentityServer4 version 3, which the service changes at its first start: back the database up before.'
      : ''
  const { verdict, summary, meaning } = aboutClients(clients, id)
  return { verdict, summary: `${found}: ${summary}.`, meaning: meaning + older }
}

function nothing({ others = 0 }: IdentityTables): Words {
  return {
    verdict: 'new',
    summary: 'No tables of the Identity Service yet.',
    meaning:
      'The service creates its tables and its client at its first start.' +
      (others > 0 ? ' That other tables are there, such as Creatio’s own, does not matter.' : ''),
  }
}

/** `summary` without its full stop. */
function aboutClients(clients: readonly ClientRowView[], id: string | undefined): Words {
  if (clients.length === 0)
    return words(
      'reuse',
      'an earlier installation without clients',
      'The service adds its client at its start.',
    )
  const own = clients.find((client) => client.id === id)
  if (!own)
    return words(
      'other-service',
      id === undefined ? 'other clients are there' : `there is no client ${id} among them`,
      'Another Identity Service may use this database, or one did. This one would use the same tables and add its client beside theirs. Choose a database of its own unless that is wanted.',
    )
  if (own.secret === 'matches')
    return words(
      'reuse',
      `an earlier installation with the client ${own.id}, whose secret is the same`,
      'The service goes on with its tables and this client.' +
        (own.enabled ? '' : ' The client is disabled there: no token is issued to it until it is enabled.'),
    )
  const next =
    'The service leaves a client that is there as it is: use its secret, another client id, or change the client.'
  if (own.secret === 'differs')
    return words('client-differs', `the client ${own.id} is there, with another secret`, next)
  if (own.secret === 'none')
    return words('client-differs', `the client ${own.id} is there, without a secret`, next)
  return words('client-differs', `the client ${own.id} is there, and its secret was not compared`, next)
}

function words(verdict: DatabaseVerdict, summary: string, meaning: string): Words {
  return { verdict, summary, meaning }
}
