import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startClientWorld, type ClientWorld } from './client-world.ts'

/** What others do to the rows of a client at the same time. */

let world: ClientWorld
let other: pg.Client

beforeAll(async () => {
  world = await startClientWorld()
  other = await world.session()
})

afterAll(async () => {
  await other.end()
  await world.remove()
})

beforeEach(() => world.reset())

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => error,
  )

it(
  'tables that someone else holds are waited for ten seconds, and nothing is changed',
  { timeout: 120_000 },
  async () => {
    const rows = await world.kept()
    const before = await world.everything()
    await other.query('begin; lock table "Clients" in access exclusive mode')
    const held = await Promise.all(
      (['clients', 'rowsOf', 'removeRows', 'restoreRows'] as const).map((what) =>
        refusal(
          world.using<unknown>((database) =>
            what === 'clients'
              ? database.clients()
              : what === 'rowsOf'
                ? database.rowsOf('old')
                : database[what](rows),
          ),
        ),
      ),
    )
    await other.query('rollback')
    for (const error of held)
      expect(error).toMatchObject({
        problem: {
          what: expect.stringContaining('someone else holds them'),
          next: expect.stringContaining('pg_blocking_pids'),
          details: ['ERROR 55P03: canceling statement due to lock timeout'],
        },
      })
    expect(await world.everything()).toBe(before)
  },
)

it(
  'of two that wait for each other the one that the server ends has changed nothing, and may try again',
  { timeout: 120_000 },
  async () => {
    const rows = await world.kept()
    const before = await world.everything()
    await other.query('begin')
    await other.query(`update "ClientScopes" set "Scope" = "Scope" where "ClientId" = 7`)
    const removing = refusal(world.using((database) => database.removeRows(rows)))
    await expect.poll(() => world.waiting(), { interval: 5 }).toBe(1)
    const crossing = refusal(other.query(`update "Clients" set "ClientName" = "ClientName" where "Id" = 7`))
    expect(await removing).toMatchObject({
      problem: {
        what: expect.stringContaining('waited for each other'),
        next: 'Try again.',
        untouched: expect.any(String),
      },
    })
    await crossing
    await other.query('rollback')
    expect(await world.everything()).toBe(before)
    await world.using((database) => database.removeRows(rows))
  },
)

it('a server that only reads says so', async () => {
  const rows = await world.kept()
  await world.sql('alter role service set default_transaction_read_only = on')
  const error = await refusal(world.using((database) => database.removeRows(rows)))
  await world.sql('alter role service reset default_transaction_read_only')
  expect(error).toMatchObject({
    problem: { code: 'database.write', cause: expect.stringContaining('default_transaction_read_only') },
  })
})

it('what names a client without hanging on it is told, as far as it may be read', async () => {
  const nothing = { grants: [], owned: 0 }
  expect(await world.using((database) => database.mentionsOf('old'))).toEqual(nothing)
  await world.sql(`
    create table "PersistedGrants" ("Key" text primary key, "ClientId" text not null);
    insert into "PersistedGrants" select n::text, case n % 2 when 0 then 'old' else 'other' end from generate_series(1, 100000) n;
    insert into "ClientProperties" ("Key", "Value", "ClientId") values ('OwnerClientId', 'old', 8), ('Any', 'old', 7)`)
  expect(await world.using((database) => database.mentionsOf('old'))).toEqual({ grants: [], owned: 1 })
  await world.sql('grant select on all tables in schema public to service')
  expect(await world.using((database) => database.mentionsOf('old'))).toEqual({
    grants: [{ table: 'PersistedGrants', rows: 50_000 }],
    owned: 1,
  })
  const rows = await world.kept()
  await world.using((database) => database.removeRows(rows))
  // They belong to no row that goes.
  const left = await world.sql(`select count(*)::text as row from "PersistedGrants"`)
  expect(left.rows).toEqual([{ row: '100000' }])
})
