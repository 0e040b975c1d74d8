import { describe, expect, it } from 'vitest'
import { administratorSql, LOGIN_MODE, loginSql } from '../../../build/windows/sql-server-setup.ts'
import { statementsFor } from '../../../electron/database/create.ts'
import type { NewDatabase } from '../../../electron/database/new-database.ts'
import { grantScript } from '../../../electron/database/grants.ts'
import type { GrantWish } from '../../../electron/database/grant-wish.ts'
import { MssqlLoginError } from '../../../electron/database/sql-server/client.ts'
import { userStatement } from '../../../electron/database/sql-server/grants.ts'
import { explainLogin } from '../../../electron/database/sql-server/login-finding.ts'
import { mssqlSettings } from '../../../electron/database/sql-server/settings.ts'
import { sqlServerCauses } from '../../../electron/diagnosis/sql-server-causes.ts'
import { loginOfPool } from '../../../electron/iis/database-login.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { lexemesOf, namedBy } from '../../doubles/sql-server/grammar/lexemes.ts'
import { refusalOf } from '../../doubles/sql-server/grammar/static-checks.ts'

// SQL that is shown, saved or run by others: a server takes each batch of it, whatever the names in it hold.

const NAMES = [
  'identity',
  'Identity Service',
  "o'brien",
  'a]b]]',
  'a"b"',
  'Müller Ж',
  '100%',
  'x--y',
  'x/*y',
  ';DROP TABLE [Clients]',
  "N'x",
  '$(name)',
  'CONTOSO\\IDSRV$',
  'IIS APPPOOL\\Identity Service',
  'NT AUTHORITY\\NETWORK SERVICE',
]

/**
 * Batches as sqlcmd and Management Studio cut them: at lines of GO.
 * https://learn.microsoft.com/sql/t-sql/language-elements/sql-server-utilities-statements-go
 */
function batchesOf(script: string): readonly string[] {
  return script.split(/^[ \t]*GO[ \t]*\r?$/im).filter((batch) => batch.trim() !== '')
}

async function refusalsOf(script: string): Promise<readonly unknown[]> {
  const batches = batchesOf(script).map((sql) =>
    refusalOf({ sql, declared: '', parameters: {}, inTransaction: false }),
  )
  return (await Promise.all(batches)).filter((refusal) => refusal !== undefined)
}

/** The names in brackets, as the server reads them. */
function namesIn(script: string): ReadonlySet<string> {
  return new Set(
    lexemesOf(script)
      .filter(({ text }) => text.startsWith('['))
      .map(namedBy),
  )
}

describe.each(NAMES)('a name such as %s', (name) => {
  const wish: GrantWish = { provider: 'MsSqlServer', database: name, user: name }

  it.each([{}, { windowsLogin: true }, { schema: name }])(
    'stands in the script of rights: %j',
    async (more) => {
      const { text } = grantScript({ ...wish, ...more })
      expect(await refusalsOf(text)).toEqual([])
      const own = 'schema' in more ? [] : ['dbo']
      expect(namesIn(text)).toEqual(new Set(['master', name, ...own]))
      // Without -I, sqlcmd takes double quotes for those of a text.
      expect(lexemesOf(text).filter((lexeme) => lexeme.text.startsWith('"'))).toEqual([])
    },
  )

  it('stands in the SQL of the login in a comment, which somebody runs', async () => {
    const { text } = grantScript(wish)
    const [, login = ''] = /^\s*--\s+(CREATE LOGIN .*)$/m.exec(text) ?? []
    expect(await refusalsOf(login)).toEqual([])
  })

  it('stands in the SQL of a new database', async () => {
    const wanted: NewDatabase = { ...wish, provider: 'MsSqlServer', server: 'db', options: '' }
    const script = statementsFor(wanted).join('\n')
    expect(await refusalsOf(script)).toEqual([])
    // The user is made in the new database, not where the script begins.
    const [first = '', second = ''] = batchesOf(script)
    expect(first).toContain('CREATE DATABASE')
    expect(second).toMatch(/^\s*USE \[/)
    expect(namesIn(script)).toEqual(new Set([name, 'dbo']))
  })

  it.each([18470, 4060, 916])('stands in the remedy of a login that is refused with %i', async (number) => {
    const connectionString = new Secret('Data Source=db;Initial Catalog=d;User ID=u;Password=p')
    const settings = { ...mssqlSettings({ connectionString }), user: name, database: name }
    const error = new MssqlLoginError('', 'ELOGIN', [{ number, state: 1, message: '' }], undefined)
    const { sql = '' } = explainLogin(error, settings).remedy ?? {}
    expect(await refusalsOf(sql)).toEqual([])
    expect(namesIn(sql)).toEqual(new Set([name]))
  })

  it('stands in the remedies of causes', async () => {
    for (const { remedy } of sqlServerCauses) {
      const { sql = '' } = remedy({ user: name, database: name })
      expect(await refusalsOf(sql)).toEqual([])
      for (const each of namesIn(sql)) expect(each).toBe(name)
      expect(sql).not.toMatch(/^[A-Z ]*"/m)
    }
  })

  it('stands in the SQL for the login of a pool', async () => {
    const subject = { pool: 'p', server: 'localhost', database: name, machineName: 'WEB' }
    const { sql } = loginOfPool({ ...subject, identity: { account: 'SpecificUser', user: name } })
    expect(await refusalsOf(sql)).toEqual([])
  })

  it('stands in what the workflow sends', async () => {
    for (const sql of [loginSql(name, name, name), administratorSql(name, name), LOGIN_MODE])
      expect(await refusalsOf(sql)).toEqual([])
  })
})

describe('the script of rights', () => {
  const wish: GrantWish = { provider: 'MsSqlServer', database: 'creatio', user: 'identity' }

  it('gives a user of a restored database its login again', () => {
    expect(grantScript(wish).text).toContain(
      'ALTER USER [identity] WITH DEFAULT_SCHEMA = [dbo], LOGIN = [identity];',
    )
  })

  it('impersonates no Windows account, which a server refuses for built-in ones', () => {
    expect(grantScript(wish).text).toContain('EXECUTE AS USER')
    expect(grantScript({ ...wish, windowsLogin: true }).text).not.toContain('EXECUTE AS')
  })

  it('doubles a per cent sign in what THROW says', () => {
    expect(grantScript({ ...wish, user: '100%' }).text).toContain('The login 100%% does not exist.')
  })
})

it('is read: without any of its parentheses and quotation marks, SQL is refused', async () => {
  const text = userStatement('identity')
  for (const { index } of text.matchAll(/[()']/g)) {
    const broken = text.slice(0, index) + text.slice(index + 1)
    expect(await refusalsOf(broken), broken).not.toEqual([])
  }
})
