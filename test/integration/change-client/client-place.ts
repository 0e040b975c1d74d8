import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { expect } from 'vitest'
import type { ChangeClientAnswers, SetupAnswers } from '../../../electron/contract/answers.ts'
import type { Problem } from '../../../electron/contract/problem.ts'
import type { RunEvent } from '../../../electron/contract/run.ts'
import { interruptedRunOf } from '../../../electron/hosts/session/interrupted.ts'
import type { Prepared } from '../../../electron/hosts/session/prepared.ts'
import { Session } from '../../../electron/hosts/session/session.ts'
import { takeBackRun } from '../../../electron/hosts/session/take-back.ts'
import { listPools } from '../../../electron/iis/pools.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { recordedRuns, type Journal } from '../../../electron/setup/journal.ts'
import { everything, SECRETS } from '../iis/iis-place.ts'
import { machineOf, type ServicePlace } from '../replace/service-place.ts'

/** The client that the service was set up with. */
export const FORMER = { id: 'Identity12345678', secret: SECRETS.client }
/** A client that Creatio has made by the service's own API: no settings hold it. */
export const CREATIOS = 'ClientOfCreatio1'

type Prep = Extract<Prepared, { readonly scenario: 'change-client' }>

export function changeAnswers(
  place: ServicePlace,
  client: ChangeClientAnswers['client'] = { id: 'generate', secret: 'generate' },
  more: Partial<ChangeClientAnswers> = {},
): ChangeClientAnswers {
  return { version: 1, scenario: 'change-client', installation: { target: place.target }, client, ...more }
}

/** One process's life with answers: check, plan, run. */
export class ChangeLife {
  readonly session: Session
  readonly events: RunEvent[] = []

  constructor(
    place: ServicePlace,
    machine: Machine = machineOf(place),
    secrets: Record<string, string> = {},
  ) {
    this.session = new Session({ machine, stateFolder: place.stateFolder, environment: {} })
    for (const [name, secret] of Object.entries(secrets)) this.session.vault.put(name, secret)
  }

  async tryToPrepare(
    answers: SetupAnswers,
  ): Promise<{ readonly prepared: Prep } | { readonly problems: readonly Problem[] }> {
    const checked = this.session.check(answers)
    if ('problems' in checked) return checked
    const made = await this.session.prepare(checked.answers)
    if ('problems' in made) return made
    if (made.prepared.scenario !== 'change-client') throw new Error(made.prepared.scenario)
    return { prepared: made.prepared }
  }

  async prepare(answers: SetupAnswers): Promise<Prep> {
    const result = await this.tryToPrepare(answers)
    if ('problems' in result) throw new Error(JSON.stringify(result.problems, undefined, 1))
    return result.prepared
  }

  /** The run that the command line would make: it goes on with an interrupted one, by the answers of that. */
  async run(answers: SetupAnswers, prepared?: Prep) {
    const continued = await interruptedRunOf(this.session, answers)
    const asked = continued ? this.session.resumed(continued).answers : answers
    const made = prepared ?? (await this.prepare(asked))
    const wishes = { ...(continued ? { continued } : {}), recorded: true }
    return this.session.run(made, (event) => this.events.push(event), wishes)
  }

  /** Carries it out, which has to succeed. Returns the plan with the run. */
  async change(answers: SetupAnswers) {
    const prepared = await this.prepare(answers)
    const run = await this.run(answers, prepared)
    expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
    const { id, secret } = prepared.facts.wanted
    return { prepared, run, client: { id, secret: secret!.open() } }
  }

  summaryOf(step: string): string {
    const found = this.events.findLast(
      (event) => event.type === 'step' && event.step.id === step && event.step.state === 'done',
    )
    return (found?.type === 'step' && found.step.summary) || ''
  }
}

/** Takes back the newest change that has something left, as `undo` does; undefined when there is none. */
export async function undoNewest(place: ServicePlace): Promise<Journal | undefined> {
  const { session } = new ChangeLife(place)
  const { journals } = await recordedRuns(session.machine, place.stateFolder)
  const [newest] = journals.filter(
    (journal) =>
      (journal.head.answers as { scenario?: string } | undefined)?.scenario === 'change-client' &&
      journal.undoEntries().length > 0,
  )
  if (!newest) return undefined
  const run = await takeBackRun(session, newest, () => {})
  expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
  return newest
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
  const runs = join(place.stateFolder, 'runs')
  const [newest] = (await readdir(runs)).sort().toReversed()
  const folder = join(runs, newest!, 'backup')
  const names = (await readdir(folder)).filter((name) => /^client-.*\.json$/.test(name))
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
}

export const settingsOf = (place: ServicePlace) => join(place.target, 'appsettings.json')
