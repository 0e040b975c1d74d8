import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import {
  createDatabase,
  dropDatabase,
  lookAtNewDatabase,
  statementsFor,
} from '../../../electron/database/create.ts'
import type { CreateOptions, NewPart } from '../../../electron/database/new-database.ts'
import { grantScript } from '../../../electron/database/grants.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { startIdentityResponder } from '../../doubles/sql-server/identity/responder.ts'
import { emptyState, type IdentityState } from '../../doubles/sql-server/identity/state.ts'
import type { Fault } from '../../doubles/sql-server/script.ts'
import { states } from './fixtures.ts'
import { at, real, onReal, type IdentityResponder } from './sql-server-fixtures.ts'
import { connectReal } from './sql-server-real.ts'

const machine = realMachine()
const PASSWORD = "Aa1-“x”';--"
let responder: IdentityResponder

function wanted(more: Partial<CreateOptions> = {}): CreateOptions {
  return {
    provider: 'MsSqlServer',
    server: '127.0.0.1',
    database: `id]ent'ity`,
    user: `us]er's`,
    options: 'Encrypt=False',
    password: new Secret(PASSWORD),
    ...more,
  }
}

async function start(
  change: (state: IdentityState) => void = () => undefined,
  faults: Readonly<Record<string, Fault>> = {},
): Promise<ReturnType<typeof at>> {
  const state = emptyState()
  state.logins = { identity: 'canary' }
  change(state)
  responder = await startIdentityResponder(state, { faults: new Map(Object.entries(faults)) })
  return at(responder)
}

const effects: NewPart[] = []
const note = async (part: NewPart): Promise<void> => void effects.push(part)

describe('a database of the service’s own', () => {
  afterEach(async () => {
    effects.length = 0
    await responder.close()
    expect(responder.asked.unknown).toEqual([])
    // Names and passwords travel as parameters: no text holds them.
    expect(responder.asked.sql.join('\n')).not.toContain(PASSWORD)
    expect(responder.asked.sql.join('\n')).not.toContain(`id]ent`)
  })

  it('is made with its login, and taken back', async () => {
    const admin = await start()
    expect(await lookAtNewDatabase(machine, admin, wanted())).toEqual({
      database: 'absent',
      login: 'absent',
      problems: [],
      notes: [],
    })
    const made = await createDatabase(machine, admin, wanted(), note)
    expect(made).toEqual({ login: true, database: true })
    expect(effects).toEqual(['login', 'database'])
    expect(responder.state().databases).toContain(`id]ent'ity`)
    expect(responder.state().logins).toMatchObject({ "us]er's": PASSWORD })
    expect(responder.asked.statements.filter((name) => name.startsWith('create'))).toEqual([
      'create-login',
      'create-database',
      'create-user',
    ])
    // The administrator's own database is left out of account.
    expect(new Set(responder.asked.logins.map(({ database }) => database))).toEqual(new Set(['master']))
    await dropDatabase(machine, admin, wanted(), made)
    expect(responder.state().databases).toEqual(['master', 'creatio'])
    expect(responder.state().logins).toEqual({ identity: 'canary' })
    await dropDatabase(machine, admin, wanted(), made)
  })

  it('is refused where there is one, unless it is this program’s own', async () => {
    const admin = await start((state) => state.databases.push(`id]ent'ity`))
    expect((await lookAtNewDatabase(machine, admin, wanted())).problems).toMatchObject([
      { code: 'database.exists' },
    ])
    await expect(createDatabase(machine, admin, wanted(), note)).rejects.toMatchObject({
      problem: { code: 'database.exists' },
    })
    expect(effects).toEqual([])
    const earlier = { login: false, database: true }
    expect(await createDatabase(machine, admin, wanted({ earlier }), note)).toEqual({
      login: true,
      database: true,
    })
  })

  it('uses a login that takes the password, and no other', async () => {
    const admin = await start((state) => (state.logins!["us]er's"] = PASSWORD))
    expect((await lookAtNewDatabase(machine, admin, wanted())).notes).toHaveLength(1)
    const other = wanted({ password: new Secret('another') })
    await expect(createDatabase(machine, admin, other, note)).rejects.toMatchObject({
      problem: { code: 'database.login-exists' },
    })
    expect(effects).toEqual([])
    expect(await createDatabase(machine, admin, wanted(), note)).toEqual({ login: false, database: true })
    await dropDatabase(machine, admin, wanted(), { login: false, database: true })
    expect(responder.state().logins).toHaveProperty("us]er's")
  })

  it('gives its own login of an interrupted run the password of this one', async () => {
    const admin = await start((state) => (state.logins!["us]er's"] = 'older'))
    const earlier = { login: true, database: false }
    expect(await createDatabase(machine, admin, wanted({ earlier }), note)).toEqual({
      login: true,
      database: true,
    })
    expect(responder.state().logins).toMatchObject({ "us]er's": PASSWORD })
  })

  it.each([
    [{ may_create_database: false }, ['database.administrator-lacks-right']],
    [{ may_create_login: false }, ['database.administrator-lacks-right']],
    [{ windows_logins_only: true }, ['database.windows-logins-only']],
  ])('cannot be made by everybody: %j', async (change, codes) => {
    const admin = await start((state) => Object.assign(state.administrator, change))
    const { problems } = await lookAtNewDatabase(machine, admin, wanted())
    expect(problems.map(({ code }) => code)).toEqual(codes)
  })

  it.each([
    ['create-login', 15118, /password policy/, []],
    ['create-database', 262, /lacks the right/, []],
  ] as const)('tells why %s fails with %i', async (statement, number, cause, databases) => {
    const admin = await start(undefined, { [statement]: { number, text: `Words with ${PASSWORD}.` } })
    const error = await createDatabase(machine, admin, wanted(), note).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      problem: { code: 'database.not-made', cause: expect.stringMatching(cause) },
    })
    if (statement === 'create-login')
      expect(JSON.stringify((error as { problem: unknown }).problem)).not.toContain('“x”')
    expect(responder.state().databases).toEqual(['master', 'creatio', ...databases])
  })

  it.each([
    ['strangers', 'Contact', /tables of others: Contact/],
    ['sessions', 'CONTOSO\\dba', /Others are connected to it: CONTOSO\\dba/],
  ] as const)('stays where others have %s', async (what, name, cause) => {
    const admin = await start((state) => {
      state.databases.push(`id]ent'ity`)
      state[what].push(name)
    })
    await expect(
      dropDatabase(machine, admin, wanted(), { login: true, database: true }),
    ).rejects.toMatchObject({
      problem: { code: 'database.not-dropped', cause: expect.stringMatching(cause) },
    })
    expect(responder.state().databases).toContain(`id]ent'ity`)
  })

  it.each([
    [{ version: '10.50.6000.34' }, /^SQL Server 2008 is older than/],
    [{ version: '12.0.2000.8', engine_edition: 5 }, /^In Azure SQL Database this setup cannot make/],
  ])('is refused on %j before anything is made', async (change, what) => {
    const admin = await start((state) => Object.assign(state.server, change))
    const problem = { code: 'database.server-unfit', what: expect.stringMatching(what) }
    expect((await lookAtNewDatabase(machine, admin, wanted())).problems).toMatchObject([problem])
    await expect(createDatabase(machine, admin, wanted(), note)).rejects.toMatchObject({
      problem: { ...problem, untouched: 'Nothing was created.' },
    })
    expect(effects).toEqual([])
    expect(new Set(responder.asked.statements)).toEqual(new Set(['engine']))
  })

  it('is dropped, but not a login by which somebody is logged in', async () => {
    const admin = await start()
    const made = await createDatabase(machine, admin, wanted(), note)
    responder.state().sessions.push(wanted().user)
    await expect(dropDatabase(machine, admin, wanted(), made)).rejects.toMatchObject({
      problem: {
        code: 'database.not-dropped',
        what: "The login us]er's is not dropped: somebody is logged in with it.",
        untouched: 'The login was left as it is; its database is gone.',
        details: [expect.stringMatching(/^15434: /), "DROP LOGIN [us]]er's];"],
      },
    })
    expect(responder.state().databases).toEqual(['master', 'creatio'])
    responder.state().sessions.length = 0
    await dropDatabase(machine, admin, wanted(), made)
    expect(responder.state().logins).toEqual({ identity: 'canary' })
  })

  it.each(['password', 'user', 'database'] as const)(
    'takes no %s of more than 128 characters',
    async (what) => {
      const admin = await start()
      const long = 'x'.repeat(129)
      const change = what === 'password' ? { password: new Secret(long) } : { [what]: long }
      await expect(createDatabase(machine, admin, wanted(change), note)).rejects.toMatchObject({
        problem: { code: 'database.not-made', untouched: 'Nothing was created.' },
      })
      expect(effects).toEqual([])
    },
  )

  it('needs an administrator who can log in', async () => {
    const admin = await start((state) => (state.logins = {}))
    await expect(lookAtNewDatabase(machine, admin, wanted())).rejects.toMatchObject({
      problem: {
        code: 'database.open',
        what: expect.stringContaining('The login of identity is not accepted'),
      },
    })
  })
})

describe('what is shown to the installer', () => {
  it('has quoted names and no password', () => {
    expect(statementsFor(wanted())).toEqual([
      "CREATE LOGIN [us]]er's] WITH PASSWORD = N'[hidden]';",
      "CREATE DATABASE [id]]ent'ity];",
      'GO',
      "USE [id]]ent'ity];",
      "CREATE USER [us]]er's] FOR LOGIN [us]]er's] WITH DEFAULT_SCHEMA = [dbo];",
      "GRANT CREATE TABLE TO [us]]er's];",
      "GRANT ALTER, REFERENCES, SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[dbo] TO [us]]er's];",
    ])
  })

  it('is a script for the administrator, whose names cannot leave their quotes or comments', () => {
    const { name, text } = grantScript({ provider: 'MsSqlServer', database: 'a]\nDROP', user: "b'\r\nDROP" })
    expect(name).toBe('identity-service-grants.sql')
    expect(text).toContain('USE [a]]\nDROP];')
    expect(text).toContain("WHERE name = N'b''\r\nDROP'")
    const comments = text.split(/\r?\n/).filter((line) => /^\s*--/.test(line))
    expect(comments.join('\n')).toContain('a] DROP')
    expect(text).not.toContain('FROM WINDOWS')
  })

  it('makes the login of a Windows account, and explains application pools', () => {
    const wish = { provider: 'MsSqlServer', database: 'd', schema: 'own', windowsLogin: true } as const
    const { text } = grantScript({ ...wish, user: 'IIS APPPOOL\\Pool' })
    expect(text).toContain('CREATE LOGIN [IIS APPPOOL\\Pool] FROM WINDOWS;')
    expect(text).toContain('DOMAIN\\MACHINE$')
    expect(text).toContain("EXEC (N'CREATE SCHEMA [own]');")
    expect(text).toContain('WITH DEFAULT_SCHEMA = [own]')
    expect(grantScript({ ...wish, user: 'CONTOSO\\IDSRV$' }).text).not.toContain('DOMAIN\\MACHINE$')
  })
})

describe.each(onReal('a real SQL Server'))('%s', () => {
  it('has a database made that the service’s login can use, by rights and by script, and taken back', async () => {
    const name = `identity_new_${randomBytes(4).toString('hex')}`
    const admin = real('master')
    const own = wanted({ database: name, user: `${name}'s ]login` })
    const made = await createDatabase(machine, admin, own, note)
    try {
      const text = admin.connectionString
        .open()
        .concat(`;Initial Catalog=${name};User ID="${own.user}";Password="${PASSWORD.replaceAll('"', '""')}"`)
      const target = { provider: 'MsSqlServer', connectionString: new Secret(text) } as const
      expect(states(await testConnection(machine, target))).toMatch(/rights passed, schema passed$/)
      const pool = await connectReal('master')
      await pool
        .request()
        .batch(grantScript({ provider: 'MsSqlServer', database: name, user: own.user }).text)
      await pool.close()
    } finally {
      await dropDatabase(machine, admin, own, made)
    }
    expect(await lookAtNewDatabase(machine, admin, own)).toMatchObject({
      database: 'absent',
      login: 'absent',
    })
  })
})
