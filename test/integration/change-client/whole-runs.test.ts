import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ChangeClientAnswers } from '../../../electron/contract/answers.ts'
import { lookAtClients } from '../../../electron/scenarios/change-client/look.ts'
import { installationId, readInstallation } from '../../../electron/service/installation.ts'
import { recordedRuns } from '../../../electron/setup/journal.ts'
import {
  accessOf,
  machineOf,
  makeServicePlace,
  secretFile,
  type ServicePlace,
} from '../replace/service-place.ts'
import {
  addClientOfCreatio,
  askToken,
  ChangeLife,
  changeAnswers,
  clientRows,
  CREATIOS,
  FORMER,
  gets,
  keptFiles,
  settingsOf,
  sql,
  standing,
  undoNewest,
} from './client-place.ts'

const TYPED = 'Typed-secret.0123456789abcdefXYZ'

let place: ServicePlace
let before: Awaited<ReturnType<typeof standing>>

beforeAll(async () => {
  place = await makeServicePlace()
  await addClientOfCreatio(place)
  before = await standing(place)
}, 120_000)

afterAll(() => place.remove())

// One that has failed must not fail those behind it.
afterEach(async () => {
  while (await undoNewest(place));
  expect(await standing(place)).toEqual(before)
})

async function rowOf(id: string) {
  const [row] = await sql<{ key: number; name: string }>(
    place,
    `select "Id" as key, "ClientName" as name from "Clients" where "ClientId" = '${id}'`,
  )
  return row
}

/** The same answers, with what was found to be meant by them, find everything as wanted. */
async function changesNothing(answers: unknown): Promise<void> {
  const now = { rows: await clientRows(place), settings: await readFile(settingsOf(place), 'utf8') }
  const again = new ChangeLife(place, undefined, { typed: TYPED })
  const prepared = await again.prepare(answers as ChangeClientAnswers)
  const found = await again.session.inspect(prepared)
  expect([...found].filter(([, { state }]) => state !== 'as-wanted')).toEqual([])
  const run = await again.run(answers as ChangeClientAnswers, prepared)
  expect([await run.go(), run.view.failure]).toEqual(['as-wanted', undefined])
  expect({ rows: await clientRows(place), settings: await readFile(settingsOf(place), 'utf8') }).toEqual(now)
}

test('a new ID and secret: the new client gets a token, the former one does not; all is taken back', async () => {
  const former = await rowOf(FORMER.id)
  const life = new ChangeLife(place)
  const { prepared, client } = await life.change(changeAnswers(place))
  expect(client.id).toHaveLength(16)
  expect(client.secret).toHaveLength(32)
  expect([await gets(place, client), await gets(place, FORMER)]).toEqual(['a token', 'invalid_client'])
  expect(await rowOf(FORMER.id)).toBeUndefined()
  const made = await rowOf(client.id)
  expect(made).toMatchObject({ name: 'Creatio' })
  expect(made!.key).not.toBe(former!.key)
  expect(life.summaryOf('take-up-client')).toMatch(
    new RegExp(`${client.id} gets a token, [\\d.]+ s after the restart began; the former ID and secret get`),
  )
  // Creatio's own client is as it was.
  const rows = await clientRows(place)
  expect(rows['Clients']).toContainEqual(before.rows['Clients']!.find((row) => JSON.stringify(row).includes(CREATIOS))) // prettier-ignore
  expect(JSON.stringify(rows['ClientScopes'])).toContain('ApplicationAccess_0123')

  const settings = await readFile(settingsOf(place), 'utf8')
  expect(settings).not.toContain(FORMER.id)
  expect(settings).toContain('bpmonline-designer')
  expect(await accessOf(place, settingsOf(place))).toEqual(secretFile(place))
  const [kept, ...more] = await keptFiles(place)
  expect(more).toEqual([])
  expect(JSON.parse(kept!)).toMatchObject({ clientId: FORMER.id, key: former!.key })
  // Neither kept rows nor journal and events hold a secret; the backup of the settings is the former file itself.
  const { lines } = (await recordedRuns(machineOf(place), place.stateFolder)).journals[0]!
  for (const text of [kept!, JSON.stringify(lines), JSON.stringify(life.events)])
    for (const secret of [FORMER.secret, client.secret, place.postgres.password.open()])
      expect(text).not.toContain(secret)
  const record = await readInstallation(machineOf(place), place.stateFolder, installationId(place.target))
  expect(record?.clientId).toBe(client.id)

  expect(prepared.request).toMatchObject({ row: former!.key, client: { current: FORMER.id, id: client.id } })
  await changesNothing(prepared.request)
}, 90_000)

test('the ID stays, the secret is another one', async () => {
  const life = new ChangeLife(place)
  const { prepared, client } = await life.change(changeAnswers(place, { secret: 'generate' }))
  expect(client.id).toBe(FORMER.id)
  expect([await gets(place, client), await gets(place, FORMER)]).toEqual(['a token', 'invalid_client'])
  await changesNothing(prepared.request)
}, 90_000)

test('a typed ID, name and secret; the same answers again change nothing, without a word of what was before', async () => {
  const answers = changeAnswers(place, {
    id: 'IdServiceUser016',
    name: 'Größe "1" \\ 2',
    secret: 'vault:typed',
  })
  const life = new ChangeLife(place, undefined, { typed: TYPED })
  await life.change(answers)
  expect(await gets(place, { id: 'IdServiceUser016', secret: TYPED })).toBe('a token')
  expect(await rowOf('IdServiceUser016')).toMatchObject({ name: 'Größe "1" \\ 2' })
  await changesNothing(answers)
  await changesNothing({ ...answers, client: { ...answers.client, current: FORMER.id } })
}, 90_000)

test('only scopes and grant types: the client keeps its ID and secret', async () => {
  const scopes = ['find_clients', 'IdentityServerApi', 'get_service_info']
  const answers = changeAnswers(place, { scopes, grantTypes: ['client_credentials', 'authorization_code'] })
  await new ChangeLife(place).change(answers)
  expect(await askToken(place, FORMER)).toEqual({ scopes: scopes.toSorted() })
  const grants = await sql<{ type: string }>(
    place,
    `select "GrantType" as type from "ClientGrantTypes" g join "Clients" c on c."Id" = g."ClientId" where c."ClientId" = '${FORMER.id}' order by 1`,
  )
  expect(grants.map(({ type }) => type)).toEqual(['authorization_code', 'client_credentials'])
  await changesNothing(answers)
}, 90_000)

test('a look tells the clients with their rows, and shows no secret', async () => {
  const life = new ChangeLife(place)
  const view = await lookAtClients(
    { installation: { target: place.target } },
    { machine: machineOf(place), stateFolder: place.stateFolder, redactor: life.session.redactor },
  )
  expect(view.problem).toBeUndefined()
  expect(view).toMatchObject({ current: FORMER.id, recorded: true, hosting: 'iis' })
  const own = view.clients.find(({ id }) => id === FORMER.id)
  expect(own).toMatchObject({ shipped: false, row: { secret: 'matches', id: FORMER.id } })
  expect(view.clients.find(({ id }) => id === 'bpmonline-designer')).toMatchObject({ shipped: true })
  expect(view.scopes.find(({ scope }) => scope === 'find_clients')).toMatchObject({
    from: 'manual',
    required: true,
  })
  expect(JSON.stringify(view)).not.toContain(FORMER.secret)
})
