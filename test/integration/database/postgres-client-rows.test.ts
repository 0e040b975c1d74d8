import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clientSql, startClientWorld, type ClientWorld } from './client-world.ts'

let world: ClientWorld

beforeAll(async () => {
  world = await startClientWorld()
})

afterAll(() => world.remove())

beforeEach(() => world.reset())

describe('the rows of a client', () => {
  it('are read from every table that refers to it, to the last digit', async () => {
    const rows = await world.kept()
    expect(rows).toMatchObject({ clientId: 'old', key: 7 })
    expect(rows.tables.map(({ table, rows: found }) => `${table} ${found.length}`)).toEqual([
      'Clients 1',
      'ClientSecrets 1',
      'ClientScopes 2',
      'ClientFriends 1',
      'ClientExtras 1',
      'ClientClaims 1',
      `Other One.Extra's "Notes" 1`,
    ])
    const of = (name: string): unknown => rows.tables.find(({ table }) => table === name)!.rows[0]
    expect(of('Clients')).toMatchObject({
      Id: 7,
      Enabled: true,
      Created: '2026-01-02T00:04:05.123456Z',
      ClientName: 'x',
    })
    expect(of('ClientExtras')).toMatchObject({
      Bytes: '\\x00ff5c',
      When: '2026-01-02T03:04:05.000001',
      Until: 'infinity',
      Amount: '12345678901234567890.0123456789',
      Real: '0.30000000000000004',
    })
    expect(of('ClientExtras')).not.toHaveProperty('Twice')
    expect(await world.using((database) => database.rowsOf('nobody'))).toBeUndefined()
  })

  it('are removed, those of others stay, and come back as they were', async () => {
    const before = await world.everything()
    const rows = await world.kept()
    await world.using((database) => database.removeRows(rows))
    expect((await world.using((database) => database.clients())).map(({ clientId }) => clientId)).toEqual([
      'other',
    ])
    expect(await world.everything()).not.toBe(before)
    await world.using((database) => database.removeRows(rows))
    await world.using((database) => database.restoreRows(rows))
    expect(await world.everything()).toBe(before)
    await world.using((database) => database.restoreRows(rows))
    expect(await world.everything()).toBe(before)
  })

  it('come back in the place of those that were made since', async () => {
    const before = await world.everything()
    const rows = await world.kept()
    await world.using((database) => database.removeRows(rows))
    await world.sql(`${clientSql(20, 'old')} ${clientSql(21, 'new')}`)
    await world.using((database) => database.restoreRows(rows, 'new'))
    expect(await world.everything()).toBe(before)
  })

  it.each([
    ['a row more', `insert into "ClientScopes" ("Scope", "ClientId") values ('c', 7)`],
    ['another value', `update "ClientSecrets" set "Value" = 'else' where "ClientId" = 7`],
    ['a row less', `delete from "ClientClaims" where "ClientId" = 7`],
    [
      'another client of that name',
      `delete from "ClientFriends"; delete from "Other One"."Extra's ""Notes"""; delete from "ClientExtras"; delete from "Clients" where "Id" = 7; ${clientSql(9, 'old')}`,
    ],
  ])('are not removed when there is %s', async (_, change) => {
    const rows = await world.kept()
    await world.sql(change)
    const before = await world.everything()
    await expect(world.using((database) => database.removeRows(rows))).rejects.toMatchObject({
      problem: { code: 'database.client-changed', untouched: 'No row was removed.' },
    })
    expect(await world.everything()).toBe(before)
  })

  it('wait for a change that is under way, and are not removed then', async () => {
    const rows = await world.kept()
    await world.sql('begin')
    await world.sql(`insert into "ClientScopes" ("Scope", "ClientId") values ('late', 7)`)
    const removing = world.using((database) => database.removeRows(rows)).catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, 150))
    await world.sql('commit')
    expect(await removing).toMatchObject({ problem: { code: 'database.client-changed' } })
  })

  it('are not put back where another client has their key', async () => {
    const rows = await world.kept()
    await world.using((database) => database.removeRows(rows))
    await world.sql(clientSql(7, 'third'))
    const before = await world.everything()
    await expect(world.using((database) => database.restoreRows(rows))).rejects.toMatchObject({
      problem: {
        code: 'database.write',
        details: [expect.stringContaining('23505'), 'Key ("Id")=(7) already exists.'],
      },
    })
    expect(await world.everything()).toBe(before)
  })

  it('are not put back into tables that have changed', async () => {
    const rows = await world.kept()
    const strange = { ...rows, tables: [...rows.tables, { table: 'Gone', rows: [{ Id: 1 }] }] }
    const before = await world.everything()
    await expect(world.using((database) => database.restoreRows(strange))).rejects.toMatchObject({
      problem: { code: 'database.schema-changed', what: expect.stringContaining('the table Gone') },
    })
    expect(await world.everything()).toBe(before)
  })

  it('are told in words when the right to them is missing', async () => {
    const rows = await world.kept()
    await world.sql('revoke delete on "ClientClaims" from service')
    const before = await world.everything()
    const refused = await world
      .using((database) => database.removeRows(rows))
      .catch((error: unknown) => error)
    await world.sql('grant delete on "ClientClaims" to service; revoke select on "Clients" from service')
    const unread = await world.using((database) => database.clients()).catch((error: unknown) => error)
    await world.sql('grant select on "Clients" to service')
    expect(refused).toMatchObject({
      problem: { code: 'database.write', what: expect.stringContaining('has not the right') },
    })
    expect(unread).toMatchObject({
      problem: { code: 'database.read', details: ['ERROR 42501: permission denied for table Clients'] },
    })
    expect(await world.everything()).toBe(before)
  })
})
