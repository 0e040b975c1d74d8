import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answers, DatabaseAnswers } from '../../../electron/contract/answers.ts'
import { problemOf } from '../../../electron/contract/problem.ts'
import {
  parseConnectionString,
  printConnectionString,
} from '../../../electron/database/connection/connection-string.ts'
import { printKeywordValue, readKeywordValues } from '../../../electron/database/connection/keyword-values.ts'
import { problemsIn } from '../../../electron/database/connection/problems.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { databaseOf } from '../../../electron/scenarios/new-installation/database-facts.ts'
import { partsOfFields } from '../../../electron/scenarios/new-installation/database-fields.ts'
import { newDatabaseOf } from '../../../electron/scenarios/new-installation/new-database-facts.ts'
import { fillPlaceholders } from '../../../electron/scenarios/new-installation/vault-placeholders.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { Vault } from '../../../electron/secrets/vault.ts'
import { SecretReferences } from '../../../electron/setup/secret-references.ts'
import { memoryMachine } from '../setup/memory-machine.ts'
import { docker, iis } from './facts.ts'

const POSTGRES = 'Server=pg;Port=5432;Database=creatio;User ID=u;Password=Secret-in-db'
const SQL = 'Data Source=sql;Initial Catalog=creatio;Integrated Security=SSPI;Async=true'
const ORACLE = 'Data Source=(DESCRIPTION=(ADDRESS=(HOST=o)(PORT=1521)));User Id=u;Password=p'
const VAULT = 'Database=[DbName]; Host=[DbHost]; Username=u; Password=[DbPassword]; Port=5433'
const FILE = '/creatio/ConnectionStrings.config'

function sources(entries: Readonly<Record<string, string>> = {}) {
  const { machine, files } = memoryMachine()
  const adds = Object.entries(entries).map(
    ([name, value]) => `<add name="${name}" connectionString="${value}"/>`,
  )
  files.set(FILE, `<connectionStrings>\n${adds.join('\n')}\n</connectionStrings>`)
  const redactor = new Redactor()
  const vault = new Vault(redactor)
  const environment = {
    NAME: 'creatio-identity',
    HOST: 'vaulted.example',
    WORD: 'a;"b\'=c',
    BOSS: 'Boss-pa55',
    OWN: 'Own-pa55word',
  }
  const references = new SecretReferences({ machine, environment, vault, nextLine: async () => undefined })
  const hide = (...secrets: readonly Secret[]) => redactor.register(...secrets)
  return { machine: { ...machine, random: realMachine().random }, references, hide, vault, redactor }
}

function asking(database: DatabaseAnswers, base: Answers = iis): Answers {
  return { ...base, creatio: { folder: '/creatio' }, database }
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => problemOf(error),
  )

describe('the database of Creatio', () => {
  const entries = { db: POSTGRES, dbMssqlCore: SQL, dbPostgreSql: VAULT }

  it('is that of db, or of the entry that is named', async () => {
    const used = await databaseOf(asking({ from: 'creatio' }), sources(entries))
    expect([used.provider, used.connectionString.open()]).toEqual(['PostgreSQL', POSTGRES])
    const other = await databaseOf(asking({ from: 'creatio', entry: 'DBMSSQLCORE' }), sources(entries))
    expect([other.provider, other.connectionString.open()]).toEqual(['MsSqlServer', SQL])
  })

  it('has the drivers of the build with it', async () => {
    const drivers = { npgsql: '8.0.3' }
    const found = await databaseOf(asking({ from: 'creatio' }), { ...sources(entries), drivers })
    expect(found.drivers).toEqual(drivers)
  })

  it('is filled in with the values of a vault, of which only the secret ones are hidden', async () => {
    const given = sources(entries)
    const placeholders = { DbName: 'env:NAME', DbHost: 'env:HOST', DbPassword: 'env:WORD' }
    const { connectionString } = await databaseOf(
      asking({ from: 'creatio', entry: 'dbPostgreSql', placeholders }),
      given,
    )
    expect(connectionString.open()).toBe(
      `Database=creatio-identity; Host=vaulted.example; Username=u; Password="a;""b'=c"; Port=5433`,
    )
    expect(given.redactor.redact(`creatio-identity ${'a;"b\'=c'}`)).toBe('creatio-identity [hidden]')
  })

  it.each([
    ['an entry that is not there', { entry: 'dbOther' }, entries, 'creatio.no-such-entry', 'database.entry'],
    ['two entries db', {}, { db: POSTGRES, DB: SQL }, 'connectionstrings.duplicate', 'database'],
    [
      'a text that is no connection string',
      {},
      { db: 'Host=[H];Database=d;oops' },
      'database.connection-string',
      'database',
    ],
    ['Oracle', {}, { db: ORACLE }, 'database.oracle', 'database'],
    ['no entry of Creatio’s names', {}, { dbMssqlCore: SQL }, 'creatio.no-database-entry', 'database'],
    ['names without values', {}, { db: VAULT }, 'database.placeholder', 'database.placeholders.DbName'],
    [
      'a value that nothing asks for',
      { placeholders: { Other: 'env:NAME' } },
      { db: VAULT },
      'answers.invalid',
      'database.placeholders.Other',
    ],
    [
      'a value that is not given',
      { placeholders: { DbName: 'env:NOWHERE' } },
      { db: VAULT },
      'secret.missing',
      'database.placeholders.DbName',
    ],
  ] as const)('is refused for %s, at its answer', async (_, more, file, code, path) => {
    const problem = await refusal(databaseOf(asking({ from: 'creatio', ...more }), sources(file)))
    expect(problem).toMatchObject({ code, where: { path }, untouched: 'Nothing was changed.' })
  })

  it('on Oracle leads to a database of its own', async () => {
    const problem = await refusal(databaseOf(asking({ from: 'creatio' }), sources({ db: ORACLE })))
    expect(problem!.next).toContain('from: "new"')
    expect(problem!.where).toMatchObject({ file: FILE, line: 2 })
  })

  it('by Windows login is refused in a container, and in no website', async () => {
    const answers = { from: 'creatio', entry: 'dbMssqlCore' } as const
    expect(await refusal(databaseOf(asking(answers, docker), sources(entries)))).toMatchObject({
      code: 'database.windows-login',
      where: { path: 'database' },
    })
    expect(await refusal(databaseOf(asking(answers, iis), sources(entries)))).toBeUndefined()
  })
})

describe('placeholders', () => {
  it('filled in leave every other byte', () => {
    const values = new Map([['A', new Secret('x y')]])
    expect(fillPlaceholders(new Secret(' a = [A] ;;B="[A]";c=[::1]; '), values).open()).toBe(
      ' a = "x y" ;;B="x y";c=[::1]; ',
    )
  })

  it('may have a password in brackets for a value, and so may a field', async () => {
    const filled = fillPlaceholders(
      new Secret('Host=h;Database=d;Username=u;Password=[P]'),
      new Map([['P', new Secret('[abc]')]]),
    )
    expect(problemsIn(parseConnectionString(filled))).toEqual([])
    const fields = { provider: 'PostgreSQL', server: 'h', database: 'd', user: 'u', options: '' } as const
    const parts = partsOfFields(fields, new Secret('[abc]'), 'database')
    expect(problemsIn(parseConnectionString(printConnectionString(parts)))).toEqual([])
  })

  it('read back as the values they were given, whatever those are', () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      // A kept value that looks like a name in brackets would be one.
      .filter((text) => !/^\[[^\][:]+\]$/.test(text))
    fc.assert(
      fc.property(value, value, (first, second) => {
        const text = new Secret(`Host=[H];${printKeywordValue({ keyword: 'x', value: first })};Password=[P]`)
        const filled = fillPlaceholders(
          text,
          new Map([
            ['H', new Secret(first)],
            ['P', new Secret(second)],
          ]),
        )
        const read = readKeywordValues(filled.open()).map((pair) => pair.value)
        expect(read).toEqual([first, first, second])
      }),
    )
  })
})

describe('a new database', () => {
  const wish = {
    from: 'new',
    provider: 'PostgreSQL',
    server: 'db01',
    port: 5433,
    database: 'identity',
    user: 'identity_login',
    password: 'generate',
    options: 'SSL Mode=Require',
    administrator: { user: 'boss', password: 'env:BOSS' },
  } as const

  it('has a password made for its login, and another way for the administrator', async () => {
    const given = sources()
    const found = await newDatabaseOf(wish, given)
    expect(found.password.open()).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[-_.])[-_.\w]{32}$/)
    expect(found.generated).toBe(found.password)
    const again = await newDatabaseOf(wish, given)
    expect(again.generated!.equals(found.password)).toBe(true)
    const other = await newDatabaseOf({ ...wish, user: 'other_login' }, given)
    expect(other.generated!.equals(found.password)).toBe(false)
    expect(given.vault.get('database.password')).toBeUndefined()
    expect(given.redactor.redact(found.password.open())).toBe('[hidden]')
    const own = parseConnectionString(found.target.connectionString, 'PostgreSQL')
    expect(own).toMatchObject({ server: 'db01', port: 5433, database: 'identity', user: 'identity_login' })
    const admin = parseConnectionString(found.administrator.connectionString, 'PostgreSQL')
    expect(admin).toMatchObject({ server: 'db01', port: 5433, database: 'postgres', user: 'boss' })
    expect([own, admin].map(({ options }) => options[0]?.value)).toEqual(['Require', 'Require'])
    expect(JSON.stringify(found)).not.toContain('Boss-pa55')
  })

  it('keeps the password that the service of the folder logs in by, and no other', async () => {
    const settingsWith = (text: string) =>
      Buffer.from(JSON.stringify({ DbProvider: 'Postgres', DatabaseConnectionString: text }))
    const kept = 'Server=other-name;Database=identity;User ID=identity_login;Password=Kept-pa55'
    const same = await newDatabaseOf(wish, { ...sources(), settings: settingsWith(kept) })
    expect([same.password.open(), same.generated]).toEqual(['Kept-pa55', undefined])
    for (const text of [
      kept.replace('identity_login', 'u'),
      kept.replace('=identity;', '=other;'),
      'not a string',
    ]) {
      const other = await newDatabaseOf(wish, { ...sources(), settings: settingsWith(text) })
      expect(other.generated).toBeDefined()
    }
    const given = await newDatabaseOf(
      { ...wish, password: 'env:OWN' },
      { ...sources(), settings: settingsWith(kept) },
    )
    expect([given.password.open(), given.generated]).toEqual(['Own-pa55word', undefined])
  })

  it('of SQL Server is made from the database master', async () => {
    const found = await newDatabaseOf({ ...wish, provider: 'MsSqlServer', options: '' }, sources())
    expect(parseConnectionString(found.administrator.connectionString, 'MsSqlServer').database).toBe('master')
  })

  it.each([
    ['database.server', { server: 'a,b' }],
    ['database.database', { database: 'x'.repeat(64) }],
    ['database.administrator.user', { administrator: { user: 'x'.repeat(64), password: 'env:BOSS' } }],
    ['database.administrator.password', { administrator: { user: 'boss', password: 'env:NOWHERE' } }],
    ['database.options', { options: 'no equals sign' }],
  ] as const)('is refused at %s', async (path, more) => {
    const problem = await refusal(databaseOf(asking({ ...wish, ...more }), sources()))
    expect(problem).toMatchObject({ where: { path }, untouched: 'Nothing was changed.' })
  })
})
