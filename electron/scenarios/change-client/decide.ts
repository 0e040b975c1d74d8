import { generateClientId, generateClientSecret } from '../../client/generate.ts'
import { mergeScopes } from '../../client/scopes.ts'
import type { ChangeClientAnswers } from '../../contract/answers.ts'
import type { Provider } from '../../contract/database.ts'
import type { ClientRow } from '../../database/identity-database.ts'
import { secretMatches } from '../../database/secret-matches.ts'
import type { Random } from '../../machine/machine.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { ClientEntry } from '../../service/clients.ts'
import { systemClientIn } from '../installation/system-client.ts'
import { refuseUnknown, secretLost, taken } from './refuse.ts'

/** The client of today. */
interface FormerClient {
  readonly id: string
  /** Where it is known and the service must refuse it from now on. */
  readonly secret?: Secret
}

/** A client as it is going to be. */
interface WantedClient {
  readonly id: string
  readonly name: string
  /** Missing where nobody could read the one that stays. */
  readonly secret?: Secret
  readonly scopes: readonly string[]
  readonly grantTypes: readonly string[]
  /** Where its secret comes from. */
  readonly from: 'answers' | 'kept' | 'generated'
}

/** What is to be done to a client. */
export interface ClientDecision {
  readonly former: FormerClient
  readonly wanted: WantedClient
  /** The row that is to go, where it stands. */
  readonly toGo?: ClientRow
}

/** What the decision rests on beside the answers. */
export interface ClientToday {
  /** The clients of the service’s settings. */
  readonly entries: readonly ClientEntry[]
  /** The clients in its database. */
  readonly rows: readonly ClientRow[]
  /** ClientId of the installation’s record; empty where there is none. */
  readonly recorded: string
  /** The secret of the answers, where they give one. */
  readonly typed?: Secret
  /** The one that an interrupted run has written over. */
  readonly overwritten?: Secret
  readonly provider: Provider
  readonly settings: string
  readonly random: Random
}

/**
 * Which client becomes which. With `row` in the answers the change may have been made, or interrupted: a secret that is
 * to be generated is then the one that the settings hold. Without it something new is made.
 * @throws SetupError `client.unknown`, `client.id-taken`, `client.secret-lost`
 */
export function decide({ client: asked, row }: ChangeClientAnswers, today: ClientToday): ClientDecision {
  const { rows, typed, overwritten, random } = today
  const entry = entryOf(asked, today)
  const currentId = asked.current ?? entry.id
  const formerRow =
    row === undefined
      ? rows.find(({ clientId }) => clientId === currentId)
      : rows.find(({ key }) => key === row)
  const formerId = formerRow?.clientId ?? currentId
  const [written] = entry.secrets
  const writtenFits = written !== undefined && formerRow !== undefined && fits(written, formerRow)
  const isPatched = row !== undefined && (!formerRow || entry.id !== formerId || !writtenFits)
  const id =
    asked.id === undefined
      ? entry.id
      : asked.id !== 'generate'
        ? asked.id
        : isPatched && (!formerRow || entry.id !== formerId)
          ? entry.id
          : generateClientId(random)
  const formerSecret = writtenFits && entry.id === formerId ? written : overwritten
  if (isMade(row, formerRow, rows, entry.id)) {
    const wanted = asWritten(entry)
    return { former: formerOf(formerId, formerSecret, wanted), wanted }
  }
  if (entry.id !== id) refuseTaken(id, { entry, row: formerRow }, today)

  const generated = asked.secret === 'generate' && !isPatched
  if (asked.secret === undefined && (written === undefined || (formerRow && !writtenFits)))
    throw secretLost(entry.id, today.settings)
  const secret = typed ?? (generated ? generateClientSecret(random) : written)
  const wanted: WantedClient = {
    id,
    name: asked.name ?? entry.name,
    ...(secret ? { secret } : {}),
    scopes: asked.scopes ?? mergeScopes(entry.scopes, formerRow?.scopes ?? []),
    grantTypes: asked.grantTypes ?? mergeScopes(entry.grantTypes, formerRow?.grantTypes ?? []),
    from: typed ? 'answers' : generated ? 'generated' : 'kept',
  }
  return {
    former: formerOf(formerId, formerSecret, wanted),
    wanted,
    ...(formerRow && !isAsWanted(formerRow, wanted) ? { toGo: formerRow } : {}),
  }
}

/** With the secret that has to be refused from now on, unless it goes on opening the same client. */
function formerOf(id: string, secret: Secret | undefined, wanted: WantedClient): FormerClient {
  const goesOn = id === wanted.id && secret?.open() === wanted.secret?.open()
  return { id, ...(secret && !goesOn ? { secret } : {}) }
}

/** The client that is meant, also when an earlier run has given it its new id. @throws SetupError `client.unknown` */
function entryOf({ current, id }: ChangeClientAnswers['client'], today: ClientToday): ClientEntry {
  const { entries, recorded, settings } = today
  const named = (wanted: string) => (wanted === '' ? undefined : entries.find((entry) => entry.id === wanted))
  const usual = named(recorded) ?? named(systemClientIn(entries))
  const found = current === undefined ? usual : (named(current) ?? (id === undefined ? undefined : named(id)))
  return found ?? refuseUnknown(current, entries, settings)
}

/** Whether another row is there in place of the one that was to go. */
function isMade(
  row: number | undefined,
  formerRow: ClientRow | undefined,
  rows: readonly ClientRow[],
  id: string,
): boolean {
  return row !== undefined && !formerRow && rows.some(({ clientId, key }) => clientId === id && key !== row)
}

function asWritten({ id, name, secrets, scopes, grantTypes }: ClientEntry): WantedClient {
  const [secret] = secrets
  return { id, name, ...(secret ? { secret } : {}), scopes, grantTypes, from: 'kept' }
}

/** SQL Server takes “A” for “a” in most databases, and “a ” for “a” in all. */
function refuseTaken(
  id: string,
  own: { readonly entry: ClientEntry; readonly row: ClientRow | undefined },
  { entries, rows, provider }: ClientToday,
): void {
  const folded = (text: string) => (provider === 'MsSqlServer' ? text.trimEnd().toLowerCase() : text)
  const isTaken = (each: string) => folded(each) === folded(id)
  if (entries.some((entry) => entry !== own.entry && isTaken(entry.id)))
    throw taken(id, 'The settings of the service hold a client of this ID.')
  if (rows.some((row) => row !== own.row && isTaken(row.clientId)))
    throw taken(id, 'The database holds a client of this ID: one that Creatio has made, or another service.')
}

/** Whether a row needs no change. */
function isAsWanted(row: ClientRow, { id, name, secret, scopes, grantTypes }: WantedClient): boolean {
  return (
    row.clientId === id &&
    row.enabled &&
    (row.name ?? '') === name &&
    secret !== undefined &&
    fits(secret, row) &&
    sameSet(row.scopes, scopes) &&
    sameSet(row.grantTypes, grantTypes)
  )
}

/** Whether a secret, and no other, opens a client. */
function fits(secret: Secret, { secrets }: ClientRow): boolean {
  const shared = secrets.filter(({ type }) => type === 'SharedSecret')
  return shared.length > 0 && shared.every(({ value }) => secretMatches(secret, value))
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item))
}
