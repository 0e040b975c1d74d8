import { hostname } from 'node:os'
import type { Answers } from '../../contract/answers.ts'
import type { DatabaseDrivers, GrantScriptView, ServiceIdentity } from '../../contract/database.ts'
import { SetupError } from '../../contract/problem.ts'
import { parseConnectionString } from '../../database/connection/connection-string.ts'
import { statementsFor } from '../../database/create.ts'
import { grantScript } from '../../database/grants.ts'
import type { DatabaseTarget } from '../../database/target.ts'
import { loginOfPool } from '../../iis/database-login.ts'
import type { NewDatabaseWish } from '../../scenarios/new-installation/new-database-facts.ts'
import type { Secret } from '../../secrets/secret.ts'
import { lenient, textAt, type Draft } from './draft.ts'
import type { WizardState } from './state.ts'

/** What the calls of the Database page need of answers that are only half typed. */

/** @throws SetupError `database.incomplete` while the database is not described; what `databaseOf` throws */
export async function targetIn(state: WizardState, draft: Draft): Promise<DatabaseTarget> {
  return state.databaseOf(answersIn(state, draft))
}

/** The database that is to be made; undefined where the draft names one that is there. @throws as {@link targetIn} */
export async function newDatabaseIn(state: WizardState, draft: Draft): Promise<NewDatabaseWish | undefined> {
  return state.newDatabaseOf(answersIn(state, draft))
}

/** How the draft describes its database, such as `fields`. */
export function wayIn(draft: Draft): string {
  return textAt(draft, 'database', 'from') ?? ''
}

function answersIn({ machine }: WizardState, draft: Draft): Answers {
  const answers = lenient(draft, machine.platform)
  requireDatabase(draft['database'], answers.database)
  return answers
}

/** The lenient answers must not have put the example's database in place of a half-typed one. */
function requireDatabase(draft: unknown, used: unknown): void {
  if (JSON.stringify(draft) === JSON.stringify(used)) return
  throw new SetupError({
    code: 'database.incomplete',
    what: 'The database is not fully described yet.',
    where: { path: 'database' },
    next: 'Fill in server, database, user and password.',
  })
}

/** The drivers of the build that is going to be installed; undefined while that is not known. */
export async function driversIn(state: WizardState, draft: Draft): Promise<DatabaseDrivers | undefined> {
  const { service } = lenient(draft, state.machine.platform)
  const named = (draft['service'] as { source?: unknown } | undefined)?.source
  return named === undefined || service.source === undefined ? undefined : state.driversOf(service.source)
}

/** Whom the database sees when the service logs in by Windows login. */
export async function identityIn(
  state: WizardState,
  draft: Draft,
  { connectionString, provider }: DatabaseTarget,
): Promise<ServiceIdentity | undefined> {
  const { windowsLogin, server, database } = parseConnectionString(connectionString, provider)
  const { website, hosting }: Answers = lenient(draft, state.machine.platform)
  if (!windowsLogin || hosting !== 'iis' || !website) return undefined
  const { pool, identity } = website
  const { name, why } = loginOfPool({ pool, identity, server, database, machineName: hostname() })
  return { name, why }
}

/** The client of the draft, for comparing its secret with a stored hash; undefined while none is typed. */
export async function secretIn(
  { session }: WizardState,
  draft: Draft,
): Promise<{ readonly id: string; readonly secret?: Secret } | undefined> {
  const { id, secret } = (draft['client'] ?? {}) as { readonly id?: unknown; readonly secret?: unknown }
  if (typeof id !== 'string' || id === '' || id === 'generate') return undefined
  if (typeof secret !== 'string' || secret === '' || secret === 'generate') return { id }
  return { id, secret: await session.references.open(secret, 'client.secret') }
}

/**
 * What an administrator of the database has to run, so that the service may make and change its tables; for a database that
 * is to be made, what this setup runs.
 */
export async function grantsFor(state: WizardState, draft: Draft): Promise<GrantScriptView> {
  const made = await newDatabaseIn(state, draft)
  if (made)
    return { name: 'identity-service-database.sql', text: `${statementsFor(made.wanted).join('\n')}\n` }
  const target = await targetIn(state, draft)
  const { database, user } = parseConnectionString(target.connectionString, target.provider)
  const identity = await identityIn(state, draft, target)
  return grantScript({
    provider: target.provider,
    database,
    user: identity?.name ?? user,
    ...(identity ? { windowsLogin: true } : {}),
  })
}
