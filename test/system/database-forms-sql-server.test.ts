import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { driversOf } from '../../electron/service/drivers.ts'
import { startIdentityResponder } from '../doubles/sql-server/identity/responder.ts'
import { emptyState } from '../doubles/sql-server/identity/state.ts'
import { startResponder } from '../doubles/sql-server/server.ts'
import {
  makeCertificates,
  readConnectionTest,
  type Certificates,
} from '../integration/database/sql-server-fixtures.ts'
import { buildIdentityService } from './support/archive.ts'
import {
  inPairs,
  outcomeOf,
  type Outcome,
  type SeededClient,
  type ServiceUnderTest,
} from './support/form-outcomes.ts'
import { makePfx } from './support/pfx.ts'
import { emptyDatabase, SERVICE_STATEMENTS, type ServiceDatabase } from './support/service-on-sql-server.ts'

/**
 * The real service opens SQL Server's connection strings with Microsoft's own driver, against the responder of
 * `test/doubles/sql-server`: protocol, TLS and refusals are real, **what the SQL answers is scripted**.
 */
vi.setConfig({ hookTimeout: 480_000 })

const PASSWORD = `p;a=s's "w"{é}`
const QUOTED = `"${PASSWORD.replaceAll('"', '""')}"`
const CLIENT: SeededClient = {
  ClientId: 'forms',
  Secrets: ['canary'],
  AllowedGrantTypes: ['client_credentials'],
  AllowedScopes: ['find_clients', 'IdentityServerApi'],
}

interface Form {
  /** `{at}` stands for where the responder listens. */
  readonly text: string
  readonly tls?: 'issued' | 'selfSigned'
  /** Entity Framework then reads several results at once over one connection, which the responder cannot. */
  readonly severalResults?: boolean
  /** Whether the login comes over TLS. */
  readonly encrypted?: boolean
  /** What the service says when it does not start. */
  readonly refused?: RegExp
}

const FORMS: Readonly<Record<string, Form>> = {
  'without TLS': {
    text: `Data Source={at};Initial Catalog=identity;User ID=identity;Password=${QUOTED};Encrypt=False`,
  },
  'Creatio’s, with Async and several result sets': {
    text: `Data Source=tcp:{at}; Initial Catalog=identity; Persist Security Info=True; MultipleActiveResultSets=True; User ID=identity; Password=${QUOTED}; Pooling = true; Max Pool Size = 100; Async = true; Encrypt=no`,
    severalResults: true,
  },
  'TLS that trusts any certificate': {
    text: `Server={at};Database=identity;UID=identity;PWD=${QUOTED};TrustServerCertificate=true`,
    tls: 'selfSigned',
    encrypted: true,
  },
  'TLS with a trusted certificate': {
    text: `Server={at};Database=identity;User ID=identity;Password=${QUOTED};Encrypt=Mandatory;Host Name In Certificate=localhost`,
    tls: 'issued',
    encrypted: true,
  },
  'TLS with the very certificate that is named': {
    text: `Server={at};Database=identity;User ID=identity;Password=${QUOTED};Encrypt=True;Server Certificate={folder}/self.pem`,
    tls: 'selfSigned',
    encrypted: true,
  },
  'TLS with another certificate than is named': {
    text: `Server={at};Database=identity;User ID=identity;Password=${QUOTED};Encrypt=True;Server Certificate={folder}/cert.pem`,
    tls: 'selfSigned',
    refused: /certificate/i,
  },
  'TLS with a certificate that nobody vouches for': {
    text: `Server={at};Database=identity;User ID=identity;Password=${QUOTED}`,
    tls: 'selfSigned',
    refused:
      /certificate chain was issued by an authority that is not trusted|RemoteCertificate|pre-login handshake/i,
  },
  'a login that is refused': {
    text: 'Server={at};Database=identity;User ID=identity;Password=wrong;Encrypt=False',
    refused: /Login failed for user 'identity'[^]*18456/,
  },
  'a database that is not there': {
    text: `Server={at};Database=nowhere;User ID=identity;Password=${QUOTED};Encrypt=False;Connect Retry Count=0`,
    refused: /SqlException/,
  },
  'the default instance by its name': {
    text: `Server=127.0.0.1\\MSSQLSERVER;Database=identity;User ID=identity;Password=${QUOTED};Encrypt=False;Connect Retry Count=0`,
    refused: /error: 25 - Connection string is not valid/,
  },
  'an instance with the backslashes of a JSON file': {
    text: `Server=127.0.0.1\\\\inst;Database=identity;User ID=identity;Password=${QUOTED};Encrypt=False;Connect Retry Count=0`,
    refused: /error: 25 - Connection string is not valid/,
  },
  'a keyword of an older driver that stands for nothing': {
    text: `Server={at};Database=identity;User ID=identity;Password=${QUOTED};Encrypt=False;Netwrk=x`,
    refused: /Keyword not supported: 'netwrk'/,
  },
}

interface Tried extends Outcome {
  readonly database: ServiceDatabase
  readonly unknown: readonly string[]
  readonly encrypted: readonly boolean[]
}

let folder: string
let certificates: Certificates
let service: ServiceUnderTest
let tried: ReadonlyMap<string, Tried>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sql-server-forms-'))
  certificates = await makeCertificates()
  // OpenSSL's own way to say where this machine's trusted certificates are: the service inherits it.
  vi.stubEnv('SSL_CERT_FILE', certificates.caFile)
  await readConnectionTest()
  const program = (await buildIdentityService()).folder
  service = {
    program,
    folder,
    pfx: await makePfx(folder, 'signing'),
    client: CLIENT,
    drivers: driversOf(await readFile(join(program, 'IdentityService.deps.json'))),
  }
  tried = await inPairs(Object.keys(FORMS), attempt)
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await certificates?.remove()
  await rm(folder, { recursive: true, force: true })
})

/** Our test and the service each have a responder of their own: they send other statements. */
async function attempt(name: string): Promise<Tried> {
  const { text, tls } = FORMS[name]!
  const secured = tls ? { tls: certificates[tls] } : {}
  const logins = { identity: PASSWORD }
  const databases = ['master', 'identity']
  const ours = await startIdentityResponder({ ...emptyState(), logins, databases }, secured)
  const theirs = await startResponder({
    state: emptyDatabase(),
    statements: SERVICE_STATEMENTS,
    logins: () => logins,
    databases: () => databases,
    ...secured,
  })
  try {
    const [forUs, forThem] = [ours, theirs].map(({ port }) =>
      text.replace('{at}', `127.0.0.1,${port}`).replace('{folder}', certificates.folder),
    )
    const outcome = await outcomeOf(service, 'MsSqlServer', forUs!, forThem)
    const { unknown, encrypted } = theirs.asked
    return { ...outcome, database: theirs.state(), unknown, encrypted }
  } finally {
    await Promise.all([ours.close(), theirs.close()])
  }
}

const usable = Object.keys(FORMS).filter((name) => FORMS[name]!.refused === undefined)
const refused = Object.keys(FORMS).filter((name) => FORMS[name]!.refused !== undefined)

describe('a SQL Server connection string that our test calls good', () => {
  it.each(usable)('opens, makes tables and seeds: %s', (name) => {
    const { green, why, starts, token, stderr, database, unknown, encrypted } = tried.get(name)!
    expect({ green, why, starts, token, stderr, unknown }).toEqual({
      green: true,
      why: '',
      starts: true,
      token: !FORMS[name]!.severalResults,
      stderr: '',
      unknown: [],
    })
    expect(database.tables).toHaveLength(23)
    expect(database.rows['Clients']).toMatchObject([{ ClientId: 'forms' }])
    expect(database.rows['ClientSecrets']).toHaveLength(1)
    expect(new Set(encrypted)).toEqual(new Set([FORMS[name]!.encrypted ?? false]))
  })
})

describe('a SQL Server connection string that our test calls bad', () => {
  it.each(refused)('does not start the service: %s', (name) => {
    const { green, why, starts, stderr } = tried.get(name)!
    expect({ green, starts }).toEqual({ green: false, starts: false })
    expect(why).not.toBe('')
    expect(why).not.toContain(PASSWORD)
    expect(stderr).toMatch(FORMS[name]!.refused!)
  })
})
