import type { DiffLine, PlanStep, PlanView } from '../../../electron/contract/plan.ts'

const target = '/srv/identity-service'

const line = (kind: DiffLine['kind'], oldLine: number, newLine: number, text: string): DiffLine => ({
  kind,
  ...(kind === 'added' || kind === 'gap' ? {} : { oldLine }),
  ...(kind === 'removed' || kind === 'gap' ? {} : { newLine }),
  text,
})

const settingsDiff: readonly DiffLine[] = [
  line('gap', 0, 0, '@@ 2,9 @@  Logging'),
  line('same', 3, 3, '    "LogLevel": {'),
  line('removed', 4, 0, '      "Default": "Debug"'),
  line('added', 0, 4, '      "Default": "Warning"'),
  line('same', 5, 5, '    }'),
  line('gap', 0, 0, '@@ 8,14 @@  Database, certificate, clients'),
  line('same', 8, 8, '  "AllowedHosts": "*",'),
  line('removed', 9, 0, '  "DbProvider": "MsSqlServer",'),
  line('added', 0, 9, '  "DbProvider": "Postgres",'),
  line('removed', 10, 0, '  "DatabaseConnectionString": "",'),
  line(
    'added',
    0,
    10,
    '  "DatabaseConnectionString": "Server=db01.corp.example;Port=5432;Database=creatio_prod;User ID=creatio;password=[hidden];Timeout=500;CommandTimeout=400;MaxPoolSize=1024;",',
  ),
  line('removed', 11, 0, '  "X509CertificatePath": "openssl.pfx",'),
  line('added', 0, 11, '  "X509CertificatePath": "/app/pfx/openssl.pfx",'),
  line('same', 12, 12, '  "IssuerUri": "creatio.com",'),
  line(
    'removed',
    13,
    0,
    '  "Clients": "[{\\"ClientId\\":\\"bpmonline-designer\\",\\"Secrets\\":[\\"[hidden]\\"]…',
  ),
  line(
    'added',
    0,
    13,
    '  "Clients": "[{\\"ClientId\\":\\"bpmonline-designer\\",\\"Secrets\\":[\\"[hidden]\\"]…},{\\"ClientId\\":\\"Idn7Qx2VtK9wLr4B\\",\\"ClientName\\":\\"Creatio system client\\",\\"Secrets\\":[\\"[hidden]\\"],\\"AllowedGrantTypes\\":[\\"implicit\\",\\"client_credentials\\"],…}]",',
  ),
  line('same', 14, 14, '  "ApiResources": "[]",'),
]

/** A step that nothing has been found for yet. */
export function step(id: string, group: PlanStep['group'], title: string, detail: string): PlanStep {
  return {
    id,
    title,
    group,
    detail,
    found: 'absent',
    evidence: [],
    files: [],
    commands: [],
    sql: [],
    notes: [],
  }
}

export const samplePlan: PlanView = {
  id: 'plan-1',
  title: 'New installation',
  practice: false,
  elevation: 'none',
  warnings: [
    {
      code: 'container.http-only',
      what: 'The service is reached by plain HTTP.',
      cause: 'Tokens cross the network unencrypted between Creatio and this server.',
      next: 'Switch on HTTPS on the page Container, or go on if both run on this server.',
    },
  ],
  untouched: ['Container creatio-web and 3 others', '/srv/creatio, which is only read'],
  steps: [
    {
      ...step('extract', 'files', 'Extract the archive', '412 files'),
      evidence: [`${target} is not there yet`],
      notes: ['412 files, 118 MB, through a staging folder beside the target.'],
    },
    {
      ...step('settings', 'files', 'Write appsettings.json', '6 changes'),
      found: 'differs',
      evidence: ['As in the archive, 6 values differ from what is wanted'],
      files: [
        {
          path: `${target}/appsettings.json`,
          change: 'changed',
          added: 6,
          removed: 6,
          lines: settingsDiff,
        },
      ],
      notes: ['38 keys, their order, the comments and the line ends stay as they are.'],
    },
    {
      ...step('certificate', 'certificate', 'Write openssl.pfx', 'new'),
      files: [
        {
          path: `${target}/pfx/openssl.pfx`,
          change: 'new',
          added: 0,
          removed: 0,
          lines: [],
          binary: 'RSA 2048, CN=Identity Service APP01, 1095 days, no password',
        },
      ],
    },
    {
      ...step('image', 'container', 'Build the image', 'identity-service'),
      commands: [`docker build --file ${target}/Dockerfile-OAuth --tag identity-service:latest ${target}`],
    },
    {
      ...step('container', 'container', 'Create the container', 'port 8090'),
      commands: [
        `docker create --name identity-service --restart unless-stopped --publish 8090:80 --env ASPNETCORE_URLS=http://+:80 --mount type=bind,source=${target}/appsettings.json,target=/app/appsettings.json,readonly identity-service:latest`,
      ],
    },
    {
      ...step('start', 'container', 'Start the container', ''),
      commands: ['docker start identity-service'],
    },
    { ...step('answer', 'service', 'Wait for the service', 'at most 120 s') },
    {
      ...step('tables', 'database', 'Check the tables', 'read only'),
      found: 'as-wanted',
      sql: ["SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"],
    },
  ],
}
