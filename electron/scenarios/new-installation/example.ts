import { ANSWERS_VERSION, type Answers } from '../../contract/answers.ts'

/** Which kind of example: a real installation by its hosting, or the practice run. */
export type ExampleKind = Answers['hosting'] | 'practice'

/** Where the database of an example comes from; the practice run has its own. */
export const EXAMPLE_DATABASES = ['fields', 'creatio', 'connection-string', 'new'] as const
export type ExampleDatabase = (typeof EXAMPLE_DATABASES)[number]

/** Complete answers to start from, as `identity-setup answers` prints them. */
export function exampleAnswers(
  kind: ExampleKind,
  platform: NodeJS.Platform,
  database: ExampleDatabase = 'fields',
): Answers {
  if (kind === 'practice') return practiceExample(platform)
  const answers = kind === 'docker' ? dockerExample(platform) : websiteExample()
  return { ...answers, ...databaseExample(database, platform) }
}

/** `new` makes a database of the service's own, which Creatio on Oracle needs. */
function databaseExample(
  from: ExampleDatabase,
  platform: NodeJS.Platform,
): Pick<Answers, 'database' | 'creatio'> {
  const server = { provider: 'PostgreSQL', server: 'db01.example.com', port: 5432 } as const
  switch (from) {
    case 'fields':
      return {
        database: {
          from,
          ...server,
          database: 'creatio',
          user: 'creatio',
          password: 'env:IDENTITY_DB_PASSWORD',
        },
      }
    case 'creatio':
      return {
        creatio: { folder: platform === 'win32' ? 'C:\\inetpub\\wwwroot\\Creatio' : '/srv/creatio/app' },
        database: { from },
      }
    case 'connection-string':
      return {
        database: { from, provider: 'PostgreSQL', connectionString: 'env:IDENTITY_DB_CONNECTION' },
      }
    case 'new':
      return {
        database: {
          from,
          ...server,
          database: 'identity_service',
          user: 'identity_service',
          password: 'generate',
          administrator: { user: 'postgres', password: 'env:DB_ADMIN_PASSWORD' },
        },
      }
  }
}

function dockerExample(platform: NodeJS.Platform): Answers {
  const windows = platform === 'win32'
  return {
    version: ANSWERS_VERSION,
    scenario: 'new-installation',
    hosting: 'docker',
    service: {
      source: windows ? 'C:\\Install\\IdentityService.zip' : '/srv/install/IdentityService.zip',
      target: windows ? 'C:\\Creatio\\IdentityService' : '/srv/creatio/IdentityService',
    },
    ...databaseExample('fields', platform),
    client: { id: 'generate', name: 'Creatio', secret: 'generate' },
    certificate: { from: 'new', key: 'RSA-2048', subject: 'CN=Identity Service', days: 1095 },
    container: {
      name: 'creatio-identity-service',
      image: 'creatio-identity-service:latest',
      settings: 'mounted-file',
      httpPort: 8090,
      restart: 'unless-stopped',
    },
    publicUrl: 'http://localhost:8090',
    logging: { level: 'Warning', stdout: false },
  }
}

function websiteExample(): Answers {
  const { container: _container, ...answers } = dockerExample('win32')
  return {
    ...answers,
    hosting: 'iis',
    website: {
      site: 'IDServiceWebsite',
      pool: 'IDServicePool',
      identity: { account: 'ApplicationPoolIdentity' },
      hostName: 'identity.example.com',
      https: {
        port: 443,
        sni: true,
        certificate: {
          from: 'pfx',
          file: 'C:\\Install\\identity.pfx',
          password: 'env:IDENTITY_TLS_PASSWORD',
        },
      },
      firewall: true,
    },
    publicUrl: 'https://identity.example.com',
  }
}

function practiceExample(platform: NodeJS.Platform): Answers {
  return {
    version: ANSWERS_VERSION,
    scenario: 'new-installation',
    hosting: 'iis',
    practice: true,
    service: {
      target: platform === 'win32' ? 'C:\\Practice\\IdentityService' : '/tmp/practice/IdentityService',
    },
    database: { from: 'practice' },
    client: { id: 'generate', name: 'Creatio', secret: 'generate' },
    certificate: { from: 'new', key: 'RSA-2048', subject: 'CN=Identity Service', days: 1095 },
    website: {
      site: 'IDServiceWebsite',
      pool: 'IDServicePool',
      identity: { account: 'ApplicationPoolIdentity' },
      http: { port: 8090 },
      development: true,
    },
    logging: { level: 'Warning', stdout: false },
  }
}
