import { afterEach, expect, test } from 'vitest'
import { query } from '../../../build/windows/database-access.ts'
import { databasesAndLogins } from '../../../build/windows/new-database.ts'
import { recordTypes, SQL_TYPES } from '../../../build/windows/sql-types.ts'
import { openMssql } from '../../../electron/database/sql-server/open.ts'
import { mssqlSettings } from '../../../electron/database/sql-server/settings.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { SqlRefusal, type ScriptedStatement } from '../../doubles/sql-server/script.ts'
import { startResponder, type Responder } from '../../doubles/sql-server/server.ts'
import { at } from '../database/sql-server-fixtures.ts'

/** The one value of the table that stands, as text, and what was written beside it. */
interface Table {
  readonly type: string
  readonly value: string
  readonly written: string
}

/** What the recorder sends, answered as a server would that forgets the digits of `time` and knows no `money`. */
const STATEMENTS: readonly ScriptedStatement<{ table?: Table }>[] = [
  {
    name: 'create',
    sql: /^create table \[\w+\] \(\[Value\] ([a-z0-9]+).* null\)$/,
    answer: ({ state, match }) => {
      state.table = { type: match[1]!, value: '', written: '' }
      return { affected: 0 }
    },
  },
  {
    name: 'columns',
    sql: /^\s*select c\.name/,
    answer: ({ state }) => ({
      rows: [{ name: 'Value', type: state.table!.type, scale: 7, precision: 38, is_identity: false }],
    }),
  },
  {
    name: 'write',
    sql: /^insert into \[\w+\] values \(convert\([^@]*@p0/,
    answer: ({ state, parameters }) => {
      state.table = { ...state.table!, written: String(parameters['p0']) }
      return { affected: 1 }
    },
  },
  {
    name: 'insert',
    sql: /^insert into \[\w+\] values \((.*)\)$/,
    answer: ({ state, match }) => {
      if (state.table!.type === 'money') throw new SqlRefusal({ number: 243, text: 'No such type.' })
      state.table = { ...state.table!, value: match[1]! }
      return { affected: 1 }
    },
  },
  {
    name: 'read',
    sql: /^select convert\(/,
    answer: ({ state }) => {
      const { type, value } = state.table!
      return { rows: [{ Value: type === 'time' ? value.slice(0, 5) : value }] }
    },
  },
  {
    name: 'compare',
    sql: /^select count\(distinct/,
    answer: ({ state }) => ({ rows: [{ different: state.table!.value === state.table!.written ? 1 : 2 }] }),
  },
  {
    name: 'drop',
    sql: /^drop table/,
    answer: ({ state }) => {
      delete state.table
      return { affected: 0 }
    },
  },
  {
    name: 'names',
    sql: /^select name from sys\.databases/,
    answer: () => ({ rows: [{ name: 'creatio' }, { name: 'sa' }] }),
  },
  {
    name: 'nothing',
    sql: /^grant/,
    answer: () => ({ affected: 0 }),
  },
]

let responder: Responder<{ table?: Table }>
afterEach(() => responder.close())

async function start() {
  responder = await startResponder({
    state: {},
    statements: STATEMENTS,
    logins: () => ({ identity: 'canary' }),
    databases: () => ['creatio'],
  })
  return at(responder)
}

test('each type goes there and back; what is lost, and what the server refuses, is recorded', async () => {
  const settings = mssqlSettings(await start())
  const pool = await openMssql(realMachine(), settings, AbortSignal.timeout(20_000))
  const some = ['datetime2(7)', 'time(7)', 'money', 'varbinary(max)']
  const records = await recordTypes(
    pool,
    SQL_TYPES.filter(({ type }) => some.includes(type)),
  )
  await pool.close()
  expect(responder.asked.unknown).toEqual([])
  expect(records.map(({ name, same, error }) => [name, same ?? error])).toEqual([
    ['sql-datetime2-7', true],
    ['sql-time-7', false],
    ['sql-money', expect.stringContaining('No such type.')],
    ['sql-varbinary-max', true],
  ])
  expect(records[0]!.read).toContain('.9999999')
  expect(responder.state()).toEqual({})
})

test('the footprint asks SQL Server for the names of its databases and logins', async () => {
  const administrator = await start()
  expect(await databasesAndLogins(administrator)).toBe('creatio\nsa')
  expect(await query(administrator, 'grant select to nobody')).toEqual([])
  expect(responder.asked.unknown).toEqual([])
})
