import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { realProcesses } from '../../../electron/machine/processes.ts'
import { startResponder, type Responder, type ResponderOptions } from '../../doubles/sql-server/server.ts'
import { SqlRefusal, type ScriptedStatement } from '../../doubles/sql-server/script.ts'
import { buildDotnet } from '../../system/support/dotnet-build.ts'
import { makeCertificates, type Certificates } from './sql-server-fixtures.ts'

// The responder stands in for SQL Server, so clients that others wrote have to take it for one.

interface Notes {
  notes: string[]
}

const ALL_TYPES = {
  anInt: -7,
  aBit: true,
  aFloat: 1.5,
  aBigint: 9007199254740993n,
  aText: 'Ж “ö” 😀',
  aTime: new Date('2024-05-06T07:08:09.123Z'),
  bytes: Buffer.from([1, 2, 255]),
  nothing: null,
}

const STATEMENTS: readonly ScriptedStatement<Notes>[] = [
  { name: 'types', sql: /^select everything/, answer: () => ({ rows: [ALL_TYPES] }) },
  {
    name: 'notes',
    sql: /^select notes/,
    answer: ({ state }) => ({ rows: state.notes.map((note) => ({ note })) }),
  },
  {
    name: 'add',
    sql: /^insert into notes values \(N'(\w+)'\)/,
    answer: ({ state, match }) => {
      state.notes.push(match[1]!)
      return { affected: 1 }
    },
  },
  {
    name: 'fail',
    sql: /^fail/,
    answer: () => {
      throw new SqlRefusal({ number: 2601, text: 'Cannot insert duplicate key row.' })
    },
  },
]

const INSERT = "insert into notes values (N'second')"
const LOGINS = { logins: () => ({ identity: 'canary' }), databases: () => ['creatio', 'master'] }
let certificates: Certificates
let responder: Responder<Notes>

beforeAll(async () => {
  certificates = await makeCertificates()
})

afterAll(() => certificates.remove())

afterEach(() => responder.close())

async function start(options: Partial<ResponderOptions<Notes>> = {}): Promise<Responder<Notes>> {
  responder = await startResponder({
    state: { notes: ['first'] },
    statements: STATEMENTS,
    ...LOGINS,
    ...options,
  })
  return responder
}

const processes = realProcesses()

describe('FreeTDS', () => {
  /** `settings` are lines of freetds.conf. */
  async function tsql(
    input: readonly string[],
    settings: readonly string[] = [],
    password = 'canary',
  ): Promise<string> {
    const file = join(certificates.folder, 'freetds.conf')
    const lines = [
      'host = 127.0.0.1',
      `port = ${responder.port}`,
      'tds version = 7.4',
      'client charset = UTF-8',
    ]
    await writeFile(file, ['[responder]', ...lines, ...settings, ''].join('\n'))
    const { stdout, stderr } = await processes.run({
      command: 'tsql',
      args: ['-S', 'responder', '-U', 'identity', '-P', password, '-D', 'creatio', '-o', 'q'],
      env: { ...process.env, FREETDSCONF: file, LC_ALL: 'C.UTF-8' },
      stdin: input.map((line) => `${line}\ngo\n`).join(''),
      timeoutMs: 20_000,
    })
    return stdout + stderr
  }

  it('logs in and reads every type', async () => {
    await start()
    const said = await tsql(['select everything'])
    for (const text of ['-7', '1.5', '9007199254740993', 'Ж “ö” 😀', 'May  6 2024', '0102ff', 'NULL'])
      expect(said).toContain(text)
    expect(responder.asked.logins[0]).toMatchObject({ user: 'identity', database: 'creatio' })
  })

  it('reads the numbers of errors', async () => {
    await start()
    expect(await tsql(['fail'])).toMatch(/Msg 2601 \(severity 16, state 1\)/)
    expect(await tsql(['select 1'], [], 'wrong')).toMatch(/Msg 18456 .*Login failed for user 'identity'/s)
  })

  it('refuses a missing database with 4060', async () => {
    await start({ databases: () => ['master'] })
    expect(await tsql(['select 1'])).toMatch(/Msg 4060 /)
  })

  it('encrypts, and checks the certificate', async () => {
    const { caFile, issued } = certificates
    await start({ tls: issued, encryption: 'required' })
    const strict = ['encryption = require', 'check certificate hostname = no']
    expect(await tsql(['select notes'], [...strict, `ca file = ${caFile}`])).toContain('first')
    expect(responder.asked.encrypted).toEqual([true])
  })
})

describe('Microsoft.Data.SqlClient', () => {
  interface Answer {
    readonly results: readonly (readonly (readonly (string | null)[])[])[]
    readonly database: string | null
    readonly numbers: readonly number[] | null
    readonly error: string | null
  }

  let program: string
  beforeAll(async () => {
    const home = await buildDotnet({ name: 'sql-server-client', project: 'sql-server-client.csproj' })
    program = join(home, 'published', 'sql-server-client.dll')
  }, 300_000)

  async function ask(
    statements: readonly string[],
    more = 'Encrypt=False',
    request: { readonly transaction?: string } = {},
  ): Promise<Answer> {
    const connectionString = `Data Source=localhost,${responder.port};Initial Catalog=creatio;User ID=identity;Password=canary;Connect Timeout=30;${more}`
    const { stdout, stderr } = await processes.run({
      command: 'dotnet',
      args: [program],
      stdin: JSON.stringify({ connectionString, statements, ...request }),
      timeoutMs: 90_000,
      env: { ...process.env, SSL_CERT_FILE: certificates.caFile },
    })
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout) as Answer
  }

  it('logs in and reads every type', async () => {
    await start()
    const answer = await ask(['select everything', INSERT, 'select notes'], 'Encrypt=False')
    expect(answer).toEqual({
      results: [
        [
          [
            '-7',
            'True',
            '1.5',
            '9007199254740993',
            'Ж “ö” 😀',
            '2024-05-06T07:08:09.1230000',
            '0102FF',
            null,
          ],
        ],
        [],
        [['first'], ['second']],
      ],
      database: 'creatio',
      numbers: null,
      error: null,
    })
  })

  it.each(['commit', 'rollback'])('ends a transaction by %s', async (transaction) => {
    await start()
    await ask([INSERT], 'Encrypt=False', { transaction })
    expect(responder.state().notes).toEqual(transaction === 'commit' ? ['first', 'second'] : ['first'])
  })

  it('is refused with numbers', async () => {
    await start()
    expect((await ask(['fail'])).numbers).toEqual([2601])
    expect((await ask(['select unheard'])).numbers).toEqual([50_000])
    expect(responder.asked.unknown).toEqual(['select unheard'])
    expect((await ask([], 'Encrypt=False;Password=wrong')).numbers).toEqual([18456])
    expect((await ask([], 'Encrypt=False;Initial Catalog=gone')).numbers).toEqual([4060, 18456])
  })

  it.each(['Encrypt=True', 'Encrypt=Strict'])('trusts the authority: %s', async (more) => {
    await start({ tls: certificates.issued })
    expect(await ask(['select notes'], more)).toMatchObject({ results: [[['first']]], error: null })
    expect(responder.asked.encrypted).toEqual([true])
  })

  it('refuses a self-signed certificate unless it is told to trust', async () => {
    await start({ tls: certificates.selfSigned })
    expect((await ask([], 'Encrypt=True')).error).toMatch(/certificate/)
    expect((await ask(['select notes'], 'Encrypt=True;TrustServerCertificate=True')).error).toBeNull()
  })

  it('is cut off', async () => {
    await start({ faults: new Map([['notes', 'drop']]) })
    expect((await ask(['select notes'])).error).toMatch(/transport-level|connection/i)
  })
})
