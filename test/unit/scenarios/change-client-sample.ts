import { createHash } from 'node:crypto'
import type { ChangeClientAnswers } from '../../../electron/contract/answers.ts'
import type { ClientRow } from '../../../electron/database/identity-database.ts'
import type { ClientChangeFacts } from '../../../electron/scenarios/change-client/facts.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { MANUAL_SCOPES } from '../../../electron/service/scope-names.ts'
import { POOL_SID } from './facts.ts'

const TARGET = '/srv/IdentityService'
export const OLD_SECRET = 'Old-secret-000000000000000000001'
export const NEW_SECRET = 'New-secret-000000000000000000002'
export const OLD = 'a1b2c3d4e5f60718'
export const NEW = 'NewClient1234567'

export const answers: ChangeClientAnswers = {
  version: 1,
  scenario: 'change-client',
  installation: { target: TARGET },
  client: { id: 'generate', secret: 'generate' },
}
export const asking = (client: ChangeClientAnswers['client'], row?: number): ChangeClientAnswers => ({
  ...answers,
  client,
  ...(row === undefined ? {} : { row }),
})

export const entryText = (id: string, secret: string, more: object = {}) => ({
  ClientId: id,
  ClientName: 'Creatio',
  Secrets: [secret],
  AllowedGrantTypes: ['client_credentials'],
  AllowedScopes: [...MANUAL_SCOPES],
  ...more,
})
export const settingsWith = (...entries: readonly object[]) =>
  Buffer.from(JSON.stringify({ Other: 'stays', Clients: JSON.stringify(entries) }, undefined, 2))
export const builtIn = entryText('bpmonline-designer', 'Public')
export const before = settingsWith(builtIn, entryText(OLD, OLD_SECRET))

export function rowOf(key: number, id: string, secret: string, more: Partial<ClientRow> = {}): ClientRow {
  const value = createHash('sha256').update(secret).digest('base64')
  return {
    key,
    clientId: id,
    name: 'Creatio',
    enabled: true,
    grantTypes: ['client_credentials'],
    scopes: MANUAL_SCOPES,
    redirectUris: [],
    created: null,
    secrets: [{ type: 'SharedSecret', value, expiration: null }],
    ...more,
  }
}

const found: ClientChangeFacts['found'] = {
  installation: {
    version: 1,
    id: '0123456789ab',
    name: 'IDServiceWebsite',
    hosting: 'iis',
    target: TARGET,
    settings: `${TARGET}/appsettings.json`,
    pfx: `${TARGET}/openssl.pfx`,
    publicUrl: 'https://identity.example.com',
    localUrl: 'https://localhost:8443',
    clientId: OLD,
    website: {
      site: 'IDServiceWebsite',
      pool: 'IDServicePool',
      account: { sid: POOL_SID, name: 'IIS AppPool\\IDServicePool' },
      stdoutLog: `${TARGET}/logs/stdout`,
    },
    installedAt: '2026-11-01T10:00:00.000Z',
  },
  recorded: true,
  settings: `${TARGET}/appsettings.json`,
  pfx: `${TARGET}/openssl.pfx`,
  inImage: false,
  namedBy: { by: 'nothing' },
  namedAs: '',
  certain: true,
  notes: [],
}
const { website: _website, ...plain } = found.installation
export const inContainer = {
  ...found,
  installation: { ...plain, hosting: 'docker' as const, name: 'identity', container: 'identity', databaseServer: 'localhost' }, // prettier-ignore
}
export const facts: ClientChangeFacts = {
  found,
  former: { id: OLD, secret: new Secret(OLD_SECRET) },
  wanted: {
    id: NEW,
    name: 'Creatio',
    secret: new Secret(NEW_SECRET),
    scopes: MANUAL_SCOPES,
    grantTypes: ['client_credentials'],
    from: 'generated',
  },
  toGo: rowOf(2, OLD, OLD_SECRET),
  settings: { path: `${TARGET}/appsettings.json`, before },
  tables: [
    { table: 'Clients', rows: 1 },
    { table: 'ClientScopes', rows: 8 },
    { table: 'ClientSecrets', rows: 1 },
  ],
  database: {
    provider: 'PostgreSQL',
    connectionString: new Secret('Host=localhost;Database=creatio;Username=u;Password=Canary-9'),
    server: 'localhost',
    database: 'creatio',
  },
  onlyInDatabase: [],
  mentions: { grants: [], owned: 0 },
  others: ['OfCreatio'],
  neighbours: [],
  seen: true,
  elevated: true,
  stateFolder: '/var/state',
}
const { toGo: _toGo, database: _database, ...rest } = facts
export const unseen = rest
