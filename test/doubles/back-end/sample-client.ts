import type { ChangeClientAnswers } from '../../../electron/contract/answers.ts'
import type { ClientChangeView, ScopeView } from '../../../electron/contract/client.ts'
import type { PlanStep, PlanView } from '../../../electron/contract/plan.ts'
import type { RunView } from '../../../electron/contract/run.ts'
import type { HandOverView } from '../../../electron/contract/views.ts'
import { iisHandOver, iisInstallation } from './sample-iis-run.ts'
import type { Script } from './scripted.ts'

// System clients, their scopes, and what changes one. All names, addresses and numbers are invented.

const scope = (
  name: string,
  purpose: string,
  from: ScopeView['from'] = 'manual',
  required = from === 'manual',
): ScopeView => ({ scope: name, purpose, from, required })

export const scopeViews: readonly ScopeView[] = [
  scope('register_own_resource', 'Register Creatio itself as a resource that tokens are issued for.'),
  scope('get_resource_list', 'List the resources that Creatio has registered.'),
  scope('get_client_info', 'Read an OAuth client that Creatio has made, for its page in Creatio.'),
  scope('find_clients', 'Find the OAuth clients of this Creatio.'),
  scope('remove_client', 'Delete an OAuth client when it is deleted in Creatio.'),
  scope('update_client', 'Change an OAuth client when it is changed in Creatio.'),
  scope('add_registrar_client', 'Create the OAuth clients that are added in Creatio.'),
  scope('IdentityServerApi', 'Call the API of the Identity Service at all; every other scope rests on it.'),
  scope('generate_auth_code', 'Issue authorization codes, for applications that sign a user in.', 'newer'),
  scope(
    'revoke_client_tokens',
    'Revoke the tokens of a client, such as when its access is withdrawn.',
    'newer',
  ),
  scope(
    'get_service_info',
    'Ask the service which grants it offers, such as the authorization code.',
    'newer',
  ),
]

const baseline = scopeViews.filter(({ from }) => from === 'manual').map(({ scope: name }) => name)

const system: ClientChangeView['clients'][number] = {
  id: 'Idn7Qx2VtK9wLr4B',
  name: 'Creatio system client',
  scopes: baseline,
  grantTypes: ['implicit', 'client_credentials'],
  shipped: false,
  row: {
    key: 3,
    id: 'Idn7Qx2VtK9wLr4B',
    name: 'Creatio system client',
    enabled: true,
    scopes: baseline,
    grantTypes: ['implicit', 'client_credentials'],
    redirectUris: [],
    created: '2026-03-12T09:12:00Z',
    secret: 'matches',
  },
}

export const clientFound: ClientChangeView = {
  target: iisInstallation.target,
  name: iisInstallation.name,
  hosting: 'iis',
  publicUrl: iisInstallation.publicUrl,
  recorded: true,
  settings: 'C:\\IdentityService\\appsettings.json',
  database: { provider: 'PostgreSQL', server: 'db01.corp.example', database: 'creatio_prod' },
  current: system.id,
  clients: [system],
  scopes: scopeViews,
}

/** Several clients, and a row that somebody has changed by hand. */
export const clientsFound: ClientChangeView = {
  ...clientFound,
  recorded: false,
  clients: [
    { ...system, row: { ...system.row!, scopes: baseline.slice(1), secret: 'differs' } },
    {
      id: 'bpmonline-designer',
      name: '',
      scopes: baseline,
      grantTypes: ['client_credentials', 'delegation'],
      shipped: true,
    },
  ],
}

/** A container whose name of the database server only it can resolve. */
export const databaseUnreached: ClientChangeView = {
  ...clientFound,
  name: 'identity-test',
  hosting: 'docker',
  target: '/srv/identity-test',
  publicUrl: 'https://app01.corp.example:8091',
  settings: '/srv/identity-test/appsettings.json',
  database: { ...clientFound.database, server: 'postgres' },
  clients: [{ id: system.id, name: system.name, scopes: baseline, grantTypes: ['client_credentials'], shipped: false }], // prettier-ignore
  problem: {
    code: 'database.name',
    what: 'The database server “postgres” is not known on this server.',
    cause: 'The settings name it as the container sees it.',
    next: 'Enter the name or address by which this server reaches it.',
    details: ['getaddrinfo ENOTFOUND postgres'],
  },
}

/** Nobody without administrator rights may read the settings. */
export const settingsUnread: ClientChangeView = {
  ...clientFound,
  current: '',
  clients: [],
  scopes: [],
  problem: {
    code: 'settings.not-readable',
    what: 'The settings of the service cannot be read yet.',
    where: { file: clientFound.settings },
    next: 'Go on. They are read as soon as Windows has given the rights.',
  },
}

export const clientChangeAnswers: ChangeClientAnswers = {
  version: 1,
  scenario: 'change-client',
  installation: { target: clientFound.target },
  client: {
    id: 'Kq3Wd8ZpT6mYb5Xc',
    secret: 'vault:client.secret',
    scopes: [...baseline.slice(1), 'generate_auth_code', 'openid'],
  },
}

const step = (
  id: string,
  title: string,
  group: PlanStep['group'],
  detail: string,
  rest: Partial<PlanStep> = {},
): PlanStep => ({
  id,
  title,
  group,
  detail,
  found: 'differs',
  evidence: [],
  files: [],
  commands: [],
  sql: [],
  notes: [],
  ...rest,
})

export const clientChangePlan: PlanView = {
  id: 'plan-client',
  title: 'Change the client',
  practice: false,
  elevation: 'asked',
  steps: [
    step('back-up-client', 'Keep the rows of the client', 'database', '19 rows', {
      found: 'absent',
      evidence: ['There is no copy of these rows yet.'],
      files: [
        {
          path: 'C:\\IdentityService\\client-Idn7Qx2VtK9wLr4B-<time>.json',
          change: 'new',
          added: 0,
          removed: 0,
          lines: [],
          binary: 'The rows of the client as they are; the secret only as the hash that the table has.',
        },
      ],
    }),
    step('write-settings', 'Write appsettings.json', 'files', 'Clients', {
      evidence: ['Its key Clients gives the service the client Idn7Qx2VtK9wLr4B.'],
      files: [
        {
          path: clientFound.settings,
          change: 'changed',
          added: 1,
          removed: 1,
          lines: [
            {
              kind: 'removed',
              text: '  "Clients": "[{\\"ClientId\\":\\"Idn7Qx2VtK9wLr4B\\", …}]",',
              oldLine: 12,
            },
            {
              kind: 'added',
              text: '  "Clients": "[{\\"ClientId\\":\\"Kq3Wd8ZpT6mYb5Xc\\", …}]",',
              newLine: 12,
            },
          ],
        },
      ],
    }),
    step('remove-client', 'Remove the client from the database', 'database', 'row 3', {
      sql: [
        'DELETE FROM "ClientScopes" WHERE "ClientId" = 3',
        'DELETE FROM "ClientSecrets" WHERE "ClientId" = 3',
        'DELETE FROM "ClientClaims" WHERE "ClientId" = 3',
        'DELETE FROM "Clients" WHERE "Id" = 3',
      ],
      notes: ['In one transaction: either all of the rows go, or none.'],
    }),
    step('take-up-client', 'Restart with the new client', 'service', 'restart', {
      commands: ['appcmd recycle apppool IdentityService'],
    }),
    step('record-installation', 'Record the installation', 'service', ''),
  ],
  warnings: [
    {
      code: 'creatio.follows',
      what: 'Creatio gets no tokens until its system settings follow.',
      next: 'Enter the new ID and secret in Creatio right after the change.',
    },
  ],
  untouched: ['The other clients, their rows and their tokens stay as they are.'],
}

const summaries: Readonly<Record<string, string>> = {
  'back-up-client': '19 rows are kept in C:\\IdentityService\\client-Idn7Qx2VtK9wLr4B-20261121-201204.json.',
  'remove-client': 'The client Idn7Qx2VtK9wLr4B is gone, with 18 rows of other tables.',
  'take-up-client': 'The service has made the client Kq3Wd8ZpT6mYb5Xc after 4.1 s.',
}

export const clientChangeRun: RunView = {
  id: 'run-client',
  title: clientChangePlan.title,
  practice: false,
  status: 'running',
  steps: clientChangePlan.steps.map(({ id, title, group }, index) => ({
    id,
    title,
    group,
    state: index < 2 ? 'done' : index === 2 ? 'running' : 'waiting',
    ...(index < 2 ? { ms: 200 + index * 640 } : {}),
    ...(index < 2 && id in summaries ? { summary: summaries[id]! } : {}),
  })),
  fraction: 0.45,
  startedAt: '2026-11-21T20:12:02Z',
  elapsedMs: 4_000,
  log: [
    { at: '2026-11-21T20:12:04Z', step: 'back-up-client', text: summaries['back-up-client']!, level: 'info' },
  ],
  undoFailures: [],
}

export const clientChangeDone: RunView = {
  ...clientChangeRun,
  status: 'done',
  fraction: 1,
  elapsedMs: 14_000,
  steps: clientChangeRun.steps.map((one) => ({
    ...one,
    state: 'done',
    ms: one.ms ?? 3100,
    ...(one.id in summaries ? { summary: summaries[one.id]! } : {}),
  })),
}

export const clientChangeHandOver: HandOverView = {
  ...iisHandOver,
  clientId: 'Kq3Wd8ZpT6mYb5Xc',
  report: { seconds: 14, writtenFiles: 1, backups: 2 },
}

export const clientReplies: Pick<
  Script,
  'client.generate' | 'client.check' | 'client.scopes' | 'client.look'
> = {
  'client.generate': ({ which }) => ({
    ...(which === 'secret' ? {} : { id: 'Idn7Qx2VtK9wLr4B' }),
    ...(which === 'id' ? {} : { secret: 'vault:client.secret' }),
  }),
  'client.check': () => [],
  'client.scopes': ({ draft }) => {
    const { scopes = [] } = (draft['client'] ?? {}) as { scopes?: readonly string[] }
    return [
      ...scopeViews,
      ...scopes.map((name) => scope(name, 'Sign a user in with OpenID Connect.', 'added', false)),
    ]
  },
  'client.look': () => clientFound,
}
