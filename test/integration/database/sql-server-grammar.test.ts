import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ConnectionPool } from 'mssql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openMssql } from '../../../electron/database/sql-server/open.ts'
import { mssqlSettings } from '../../../electron/database/sql-server/settings.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Accepted } from '../../doubles/sql-server/grammar/accepted.ts'
import { startResponder, type Responder } from '../../doubles/sql-server/server.ts'
import { at } from './sql-server-fixtures.ts'

// What a server refuses before anything runs, the responder refuses before any script is asked.

let responder: Responder<object>
let pool: ConnectionPool

beforeEach(async () => {
  // What the driver sets by itself is no statement of ours.
  const anything = { name: 'anything', sql: /^(?!\s*set )/, answer: () => ({ affected: 0 }) }
  responder = await startResponder({ state: {}, statements: [anything] })
  pool = await openMssql(realMachine(), mssqlSettings(at(responder)), AbortSignal.timeout(30_000))
})

afterEach(async () => {
  await pool.close()
  await responder.close()
})

/** The number of what the server says, with the line and the words where it says so. */
function refused(number: number, message?: string, lineNumber = 1): object {
  const said = message === undefined ? {} : { message: expect.stringContaining(message), lineNumber }
  return { name: 'RequestError', number, ...said }
}

describe('no Transact-SQL', () => {
  it.each([
    ['a missing parenthesis', 'select [Id] from [Clients] where ([Id] = 1', '1'],
    ['a parenthesis too many', 'select count(*)) from [Clients]', ')'],
    ['LIMIT', 'select [Id] from [Clients] order by [Id] limit 1', '1'],
    ['a misspelt keyword', 'delete form [Clients]', '[Clients]'],
    ['a misspelt option', "create login [x] with pasword = N'x'", '='],
    ['a misspelt right', 'grant select, insrt on schema::[dbo] to [x]', 'insrt'],
    ['a comma too many', 'grant select, on schema::[dbo] to [x]', ','],
    ['a reserved word for a name', 'select [Id] as key from [Clients]', 'key'],
    ['what PostgreSQL knows', 'insert into [x] ([a]) values (1) returning [Id]', '[Id]'],
    ['a sign of no language', 'select 1 ¤', '¤'],
    ['the end of a batch in its midst', 'use [master]\nGO\nselect 1', 'GO'],
  ])('is %s', async (_what, sql, near) => {
    await expect(pool.request().batch(sql)).rejects.toMatchObject(
      refused(102, `Incorrect syntax near '${near}'`, near === 'GO' ? 2 : 1),
    )
    await expect(pool.query(sql)).rejects.toMatchObject(refused(102))
    expect(responder.asked.statements).toEqual([])
    expect(responder.asked.unknown).toHaveLength(2)
  })

  it('is told with its line', async () => {
    await expect(pool.query('select [Id]\nfrom [Clients]\nwhere [Id] == 1')).rejects.toMatchObject(
      refused(102, "near '='", 3),
    )
  })

  it('is a text or a name without an end, and a name of too many letters', async () => {
    await expect(pool.query("select N'a")).rejects.toMatchObject(refused(105))
    await expect(pool.query('select [a')).rejects.toMatchObject(refused(105))
    await expect(pool.query(`select [${'a'.repeat(129)}]`)).rejects.toMatchObject(refused(103))
    await expect(pool.query('select []')).rejects.toMatchObject(refused(1038))
  })

  it('is not what tables need of each other', async () => {
    await pool.query(
      'create table [a] ([Id] int, constraint [f] foreign key ([Id]) references [elsewhere] ([Id]))',
    )
    await expect(
      pool.query(
        'create table [a] ([Id] int, constraint [f] foreign key ([Id] references [elsewhere] ([Id]))',
      ),
    ).rejects.toMatchObject(refused(102))
  })

  it('leaves a transaction as it is', async () => {
    const transaction = pool.transaction()
    await transaction.begin()
    await transaction.request().batch('set xact_abort on')
    await expect(transaction.request().query('delete [x] were 1 = 1')).rejects.toMatchObject(refused(102))
    await transaction.request().query('delete from [x] where 1 = 1')
    await transaction.commit()
    expect(responder.asked.statements).toEqual(['begin', 'anything', 'commit'])
  })
})

describe('variables', () => {
  it('are declared, letter by letter', async () => {
    const ask = (sql: string) => pool.request().input('id', 'x').query(sql)
    await ask('select [Id] from [Clients] where [ClientId] = @id')
    await expect(ask('select [Id]\nfrom [Clients] where [ClientId] = @Id')).rejects.toMatchObject(
      refused(137, 'Must declare the scalar variable "@Id"', 2),
    )
    await expect(pool.request().batch('select @id')).rejects.toMatchObject(refused(137))
    await expect(pool.query('declare @a int = 1, @b int = @a; select @a, @b, @@spid')).resolves.toBeDefined()
    await expect(pool.query('select @a; declare @a int')).rejects.toMatchObject(refused(137))
  })

  it('are used, which no server minds', async () => {
    await expect(pool.request().input('id', 'x').query('select 1')).rejects.toMatchObject(refused(50_000))
  })
})

describe('what EXECUTE runs', () => {
  const run = (sql: string) => pool.request().input('name', "o'brien]").query(sql)

  it('is read, too', async () => {
    await run(`declare @s nvarchar(max) = N'drop login ' + quotename(@name); exec sys.sp_executesql @s`)
    await expect(
      run(`declare @s nvarchar(max) = N'drop logn ' + quotename(@name); exec sys.sp_executesql @s`),
    ).rejects.toMatchObject(refused(102, "near 'logn'"))
    // A name that nobody quotes is SQL.
    await expect(
      run(`declare @s nvarchar(max) = N'drop login ' + @name; exec sys.sp_executesql @s`),
    ).rejects.toMatchObject(refused(105))
    await expect(pool.query(`exec (N'create schma [x]')`)).rejects.toMatchObject(refused(102))
  })

  it('has parameters of its own', async () => {
    await run(`exec sys.sp_executesql N'select @n', N'@n sysname', @n = @name`)
    await expect(
      run(`exec sys.sp_executesql N'select @name', N'@n sysname', @n = @name`),
    ).rejects.toMatchObject(refused(137))
    await expect(run(`exec sys.sp_executesql N'select @n', N'@n sysname', @m = @name`)).rejects.toMatchObject(
      refused(8178),
    )
  })

  it('is not nothing: QUOTENAME makes none of a long name', async () => {
    const long = pool.request().input('name', 'x'.repeat(129))
    const sql = `declare @s nvarchar(max) = N'drop login ' + quotename(@name); exec sys.sp_executesql @s`
    await expect(long.query(sql)).rejects.toMatchObject(refused(50_000))
  })
})

describe('the place of a statement', () => {
  it('is the first of its batch for CREATE SCHEMA', async () => {
    await pool.query('create schema [x]')
    await expect(pool.query('select 1; create schema [x]')).rejects.toMatchObject(refused(111))
    await pool.query('grant create schema to [x]; grant create table, create view to [x]')
  })

  it('is outside of transactions for databases, and not for logins', async () => {
    const transaction = pool.transaction()
    await transaction.begin()
    const ask = (sql: string) => transaction.request().query(sql)
    await expect(ask('create database [x]')).rejects.toMatchObject(refused(226))
    await expect(ask('alter database [x] set multi_user')).rejects.toMatchObject(refused(226))
    await expect(ask('drop database [x]')).rejects.toMatchObject(refused(574))
    await expect(ask(`exec (N'create database [x]')`)).rejects.toMatchObject(refused(226))
    await ask(`create login [x] with password = N'x'`)
    await ask('grant create database to [x]')
    await transaction.rollback()
  })
})

describe('what a server lets pass, and is none of ours', () => {
  it('is a text whose letters are lost without an N', async () => {
    await pool.query(`select N'Müller', 'Muller'`)
    await expect(pool.query(`select 'Müller'`)).rejects.toMatchObject(refused(50_000))
  })

  it('is a reserved word without brackets', async () => {
    await pool.query('select c.[precision] from sys.columns c; alter table [x] add [a] int null')
    await expect(pool.query('select c.precision from sys.columns c')).rejects.toMatchObject(refused(50_000))
  })
})

describe('texts that were accepted', () => {
  it('are known to later runs, for the reader that accepted them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'accepted-'))
    const file = join(folder, 'cache', 'accepted')
    new Accepted(file, 'reader 1').add('select 1')
    const later = new Accepted(file, 'reader 1')
    expect([later.has('select 1'), later.has('select 2')]).toEqual([true, false])
    expect(new Accepted(file, 'reader 2').has('select 1')).toBe(false)
    await rm(folder, { recursive: true })
  })
})
