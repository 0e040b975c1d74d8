import type {
  ConnectionView,
  CreatioCandidate,
  DatabaseContentsView,
  GrantScriptView,
} from '../../../electron/contract/database.ts'
import type { CreatioView } from '../../../electron/contract/views.ts'
import { layersPassed } from './sample-checks.ts'
import type { Script } from './scripted.ts'

// All names, addresses, versions and secrets here are invented.

const postgres = 'Server=db01.corp.example;Port=5432;Database=creatio_prod;User ID=creatio;Password=[hidden]'

export const connection: ConnectionView = {
  provider: 'PostgreSQL',
  server: 'db01.corp.example',
  port: 5432,
  database: 'creatio_prod',
  user: 'creatio',
  options: 'Timeout=500;CommandTimeout=400;MaxPoolSize=1024',
  windowsLogin: false,
  hasPassword: true,
  connectionString: 'vault:database.connectionString',
  password: 'vault:database.password',
  text: `${postgres};Timeout=500; CommandTimeout=400;MaxPoolSize=1024;`,
  written: `${postgres};Timeout=500; CommandTimeout=400;MaxPoolSize=1024;`,
  notes: [],
}

const sqlServer = 'Data Source=sql01.corp.example\\CRM;Initial Catalog=creatio_prod'

/** Of a .NET Framework Creatio: what its driver takes and the service's refuses. */
export const sqlServerConnection: ConnectionView = {
  provider: 'MsSqlServer',
  server: 'sql01.corp.example\\CRM',
  database: 'creatio_prod',
  user: 'creatio',
  options: 'MultipleActiveResultSets=True;Async=true;Encrypt=False',
  windowsLogin: false,
  hasPassword: true,
  connectionString: 'vault:database.connectionString',
  password: 'vault:database.password',
  text: `${sqlServer};User ID=creatio;Password=[hidden];MultipleActiveResultSets=True;Async=true;Encrypt=False`,
  written: `${sqlServer};User ID=creatio;Password=[hidden];MultipleActiveResultSets=True;Encrypt=False`,
  notes: [
    {
      level: 'info',
      keyword: 'Async',
      text: '“Async” is left out: Microsoft.Data.SqlClient refuses it.',
    },
    {
      level: 'warning',
      keyword: 'Encrypt',
      text: '“Encrypt=False” sends the login encrypted and everything else in clear.',
      next: 'Set Encrypt=True once the server has a certificate that this machine trusts.',
    },
  ],
}

const inUse: CreatioCandidate = {
  entry: 'db',
  line: 4,
  inUse: true,
  provider: 'PostgreSQL',
  about: 'Creatio itself uses this entry.',
  connection,
  placeholders: [],
}

const leftOver: CreatioCandidate = {
  entry: 'dbMSSqlUnitTest',
  line: 9,
  inUse: false,
  provider: 'MsSqlServer',
  about: 'Left over: Creatio uses db.',
  connection: { ...sqlServerConnection, database: 'unit_test' },
  placeholders: [],
}

export const creatio: CreatioView = {
  folder: '/srv/creatio',
  file: '/srv/creatio/ConnectionStrings.config',
  candidates: [inUse, leftOver],
}

/** One entry, for SQL Server. */
export const creatioOnSqlServer = (changes: Partial<ConnectionView> = {}): CreatioView => ({
  ...creatio,
  candidates: [{ ...inUse, provider: 'MsSqlServer', connection: { ...sqlServerConnection, ...changes } }],
})

export const windowsLogin: Partial<ConnectionView> = {
  user: '',
  options: 'Integrated Security=SSPI;MultipleActiveResultSets=True',
  windowsLogin: true,
  hasPassword: false,
  text: `${sqlServer};Integrated Security=SSPI;MultipleActiveResultSets=True`,
  written: `${sqlServer};Integrated Security=SSPI;MultipleActiveResultSets=True`,
  notes: [],
}

/** Creatio's values are in HashiCorp Vault. */
export const creatioWithVault: CreatioView = {
  ...creatio,
  candidates: [
    {
      ...inUse,
      entry: 'dbPostgreSql',
      line: 5,
      connection: {
        ...connection,
        server: '[DbHost]',
        database: '[DbName]',
        user: '[Username]',
        text: 'Database=[DbName]; Host=[DbHost]; Username=[Username]; Password=[hidden]; Port=5432',
      },
      placeholders: ['DbName', 'DbHost', 'Username', 'Password'],
    },
  ],
}

const oracle = {
  code: 'database.oracle',
  what: 'Creatio uses Oracle, which the Identity Service cannot use.',
  next: 'Create a PostgreSQL or SQL Server database for the Identity Service.',
}

export const creatioOnOracle: CreatioView = {
  ...creatio,
  candidates: [
    {
      entry: 'db',
      line: 4,
      inUse: true,
      provider: 'Oracle',
      about: 'Creatio itself uses this entry.',
      placeholders: [],
      problem: oracle,
    },
  ],
  problem: oracle,
}

const scopes = [
  'register_own_resource',
  'get_resource_list',
  'get_client_info',
  'find_clients',
  'remove_client',
  'update_client',
  'add_registrar_client',
  'IdentityServerApi',
]

const nothingThere: DatabaseContentsView = {
  verdict: 'new',
  summary: 'This database holds no tables of the Identity Service.',
  meaning: 'The service makes them at its first start.',
  schema: 'none',
  present: [],
  missing: [],
  migrations: [],
  clients: [],
}

const earlier: DatabaseContentsView = {
  verdict: 'reuse',
  summary: 'An earlier installation with this client is here, and its secret fits.',
  meaning: 'It is used as it is.',
  schema: 'v4',
  present: ['ApiResources', 'ApiScopes', 'Clients', 'ClientScopes', 'ClientSecrets', 'ClientGrantTypes'],
  missing: [],
  migrations: [
    { id: '20200522172538_Grants', productVersion: '3.1.4' },
    { id: '20200522172542_Config', productVersion: '3.1.4' },
  ],
  clients: [
    {
      key: 1,
      id: 'Idn7Qx2VtK9wLr4B',
      name: 'Creatio system client',
      enabled: true,
      scopes,
      grantTypes: ['implicit', 'client_credentials'],
      redirectUris: [],
      created: '2025-11-20T09:12:00Z',
      secret: 'matches',
    },
  ],
}

export const contents: Readonly<Record<DatabaseContentsView['verdict'], DatabaseContentsView>> = {
  new: nothingThere,
  reuse: earlier,
  'client-differs': {
    ...earlier,
    verdict: 'client-differs',
    summary: 'The client Idn7Qx2VtK9wLr4B is here with another secret.',
    meaning: 'The service does not change a client that is there, so Creatio could not sign in.',
    clients: earlier.clients.map((client) => ({ ...client, secret: 'differs' })),
  },
  'other-service': {
    ...earlier,
    verdict: 'other-service',
    summary: 'Tables of an Identity Service are here, with other clients only.',
    meaning: 'Another Identity Service may use this database.',
    clients: [
      { ...earlier.clients[0]!, id: 'IdServiceUser', name: 'Test', secret: 'not-compared' },
      {
        ...earlier.clients[0]!,
        key: 7,
        id: 'ApplicationAccess_4f5b7d1c9e',
        name: 'Portal of partners',
        enabled: false,
        scopes: ['ApplicationAccess_2d31'],
        grantTypes: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
        secret: 'not-compared',
      },
    ],
  },
  incomplete: {
    ...earlier,
    verdict: 'incomplete',
    summary: 'Some tables of the Identity Service are missing.',
    meaning: 'The service would stop at its first start.',
    schema: 'partly',
    missing: ['ClientScopes', 'ClientSecrets'],
    clients: [],
  },
}

const grants: GrantScriptView = {
  name: 'identity-service-grants.sql',
  text: [
    '-- For the administrator of creatio_prod: rights of the Identity Service.',
    '-- Run it in the database creatio_prod; it may be run again.',
    'GRANT CONNECT ON DATABASE "creatio_prod" TO "creatio";',
    'GRANT USAGE, CREATE ON SCHEMA "public" TO "creatio";',
    'ALTER DEFAULT PRIVILEGES FOR ROLE "creatio" IN SCHEMA "public"',
    '  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "creatio";',
  ].join('\n'),
}

const saved = { kind: 'saved', path: '/home/a.martin/identity-service-grants.sql', bytes: 412 } as const

export const databaseReplies: Pick<
  Script,
  | 'creatio.look'
  | 'database.parse'
  | 'database.print'
  | 'database.test'
  | 'database.look'
  | 'database.grants'
  | 'database.save-grants'
> = {
  'creatio.look': () => creatio,
  'database.parse': () => connection,
  'database.print': () => connection,
  'database.test': (input, emit) => {
    for (const layer of layersPassed) emit({ topic: 'database-layer', operation: input.operation, layer })
    return layersPassed
  },
  'database.look': () => contents.new,
  'database.grants': () => grants,
  'database.save-grants': () => saved,
}
