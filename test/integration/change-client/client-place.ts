import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { ChangeClientAnswers, SetupAnswers } from '../../../electron/contract/answers.ts'
import { listPools } from '../../../electron/iis/pools.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import type { Journal } from '../../../electron/setup/journal.ts'
import { everything, SECRETS } from '../iis/iis-place.ts'
import { machineOf, type ServicePlace } from '../replace/service-place.ts'
import { ScenarioLife } from '../scenario-life.ts'

/** The client that the service was set up with. */
export const FORMER = { id: 'Identity12345678', secret: SECRETS.client }
/** A client that Creatio has made by the service's own API: no settings hold it. */
export const CREATIOS = 'ClientOfCreatio1'

export function changeAnswers(
  place: ServicePlace,
  client: ChangeClientAnswers['client'] = { id: 'generate', secret: 'generate' },
  more: Partial<ChangeClientAnswers> = {},
): ChangeClientAnswers {
  return { version: 1, scenario: 'change-client', installation: { target: place.target }, client, ...more }
}

/** One process's life with answers: check, plan, run. */
export class ChangeLife extends ScenarioLife<'change-client'> {
  constructor(
    place: ServicePlace,
    machine: Machine = machineOf(place),
    secrets: Record<string, string> = {},
  ) {
    super('change-client', { machine, stateFolder: place.stateFolder }, secrets)
  }

  /** Carries it out, which has to succeed. Returns the plan with the run, and the client that there is then. */
  async change(answers: SetupAnswers) {
    const done = await this.carryOut(answers)
    const { id, secret } = done.prepared.facts.wanted
    return { ...done, client: { id, secret: secret!.open() } }
  }
}

/** Takes back the newest change that has something left, as `undo` does; undefined when there is none. */
export function undoNewest(place: ServicePlace): Promise<Journal | undefined> {
  return new ChangeLife(place).undoNewest()
}

/** What the token endpoint says, asked by the standard's own means, without a line of the product. */
export async function askToken(
  { url }: ServicePlace,
  client: { readonly id: string; readonly secret: string },
) {
  const answer = await fetch(`${url}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client.id,
      client_secret: client.secret,
    }),
    signal: AbortSignal.timeout(20_000),
  })
  const { access_token: token, error, scope } = (await answer.json()) as Record<string, string | undefined>
  return token === undefined ? { error } : { scopes: (scope ?? '').split(' ').sort() }
}

export async function gets(place: ServicePlace, client: { readonly id: string; readonly secret: string }) {
  const answer = await askToken(place, client)
  return 'scopes' in answer ? 'a token' : answer.error
}

/** SQL as the database's owner. */
export async function sql<T extends object>({ postgres }: ServicePlace, text: string): Promise<T[]> {
  const { host, port, database, user, password } = postgres
  const client = new pg.Client({ host, port, database, user, password: password.open() })
  await client.connect()
  return client
    .query<T>(text)
    .then(
      ({ rows }) => rows,
      (error: unknown) => {
        throw error
      },
    )
    .finally(() => client.end())
}

const CLIENT_TABLES = ['ClientScopes', 'ClientSecrets', 'ClientGrantTypes', 'ClientRedirectUris', 'ClientProperties', 'ClientPostLogoutRedirectUris'] // prettier-ignore

/** All rows of clients, as text: what has to be there again. */
export async function clientRows(place: ServicePlace): Promise<Record<string, readonly object[]>> {
  const found: Record<string, readonly object[]> = {}
  for (const table of ['Clients', ...CLIENT_TABLES])
    found[table] = await sql(place, `select t::text as row from "${table}" t order by "Id"`)
  return found
}

/** A client beside the service's own, as Creatio makes them. */
export async function addClientOfCreatio(place: ServicePlace): Promise<void> {
  await sql(
    place,
    `insert into "Clients" select (jsonb_populate_record(null::"Clients", to_jsonb(c) || '{"Id": 900, "ClientId": "${CREATIOS}"}')).*
     from "Clients" c where c."ClientId" = '${FORMER.id}';
     insert into "ClientScopes" ("Scope", "ClientId") values ('ApplicationAccess_0123', 900)`,
  )
}

/** What has to be there again when a change is taken back. */
export async function standing(place: ServicePlace) {
  // With the next call of a tool the simulated volume forgets the access lists of files that are gone.
  await listPools(machineOf(place))
  return { ...(await everything(place)), rows: await clientRows(place), former: await gets(place, FORMER) }
}

/** The files with kept rows of the newest run. */
export async function keptFiles(place: ServicePlace): Promise<readonly string[]> {
  return Promise.all((await keptPaths(place)).map((path) => readFile(path, 'utf8')))
}

/** Where they are. */
export async function keptPaths(place: ServicePlace): Promise<readonly string[]> {
  const runs = join(place.stateFolder, 'runs')
  const [newest] = (await readdir(runs)).sort().toReversed()
  const folder = join(runs, newest!, 'backup')
  const names = (await readdir(folder)).filter((name) => /^client-.*\.json$/.test(name))
  return names.map((name) => join(folder, name))
}

export const settingsOf = (place: ServicePlace) => join(place.target, 'appsettings.json')
