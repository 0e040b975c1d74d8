import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { startIdentityResponder } from '../../doubles/sql-server/identity/responder.ts'
import { emptyState, installedState, type IdentityState } from '../../doubles/sql-server/identity/state.ts'
import type { Fault } from '../../doubles/sql-server/script.ts'
import { layer } from './fixtures.ts'
import { at, type IdentityResponder, readConnectionTest } from './sql-server-fixtures.ts'

let responder: IdentityResponder

beforeAll(readConnectionTest, 120_000)

afterEach(async () => {
  await responder.close()
  expect(responder.asked.unknown).toEqual([])
})

async function start(
  change: (state: IdentityState) => void = () => undefined,
  faults: Readonly<Record<string, Fault>> = {},
): Promise<IdentityResponder> {
  const state = emptyState()
  change(state)
  responder = await startIdentityResponder(state, { faults: new Map(Object.entries(faults)) })
  return responder
}

function test(to: IdentityResponder): Promise<readonly LayerResult[]> {
  return testConnection(realMachine(), at(to), { timeoutMs: 30_000 })
}

describe('the rights', () => {
  const denied = { number: 262, class: 14, text: "CREATE TABLE permission denied in database 'creatio'." }

  it('to create a table are really tried', async () => {
    const to = await start((state) => (state.standing['may_create'] = 0), { 'create-table': denied })
    const layers = await test(to)
    expect(layer(layers, 'rights')).toMatchObject({
      state: 'failed',
      summary: 'May not create tables in schema dbo',
      driverMessage: `262: ${denied.text}`,
      cause: 'The user identity lacks CREATE TABLE in the database.',
      remedy: { sql: expect.stringContaining('GRANT CREATE TABLE TO [identity];') },
    })
    expect(to.asked.statements).toContain('rollback')
  })

  it('to change one, too', async () => {
    const to = await start(undefined, { 'alter-table': { number: 1088, text: 'Cannot find the object.' } })
    expect(layer(await test(to), 'rights')).toMatchObject({
      state: 'failed',
      driverMessage: '1088: Cannot find the object.',
    })
    expect(to.state().tables).toEqual({})
  })

  it.each([
    [3906, 'The database takes no changes: it is read-only'],
    [9002, 'The database is full'],
  ])('fail for another reason with %i', async (number, summary) => {
    const to = await start(undefined, { 'create-table': { number, text: 'Words.' } })
    expect(layer(await test(to), 'rights')).toMatchObject({ state: 'failed', summary })
  })

  it('on tables of an earlier installation are looked at', async () => {
    const to = await start((state) => {
      state.tables = installedState().tables
      state.tableRights = { SELECT: 1, INSERT: 1, UPDATE: 1, DELETE: 0, ALTER: 0 }
    })
    expect(layer(await test(to), 'rights')).toMatchObject({
      state: 'failed',
      summary: 'identity lacks DELETE, ALTER on 23 tables of the service',
      remedy: {
        sql: expect.stringContaining(
          'GRANT ALTER, REFERENCES, SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[dbo]',
        ),
      },
    })
  })

  it.each([
    [{ schema: null }, 'identity has no default schema'],
    [{ schema: 'gone', owner: null }, 'The default schema gone of identity is not there'],
  ])('need a schema: %j', async (change, summary) => {
    const to = await start((state) => Object.assign(state.standing, change))
    expect(layer(await test(to), 'rights')).toMatchObject({ state: 'failed', summary })
  })
})
