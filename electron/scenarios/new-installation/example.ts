import { ANSWERS_VERSION, type Answers } from '../../contract/answers.ts'

/** Which kind of example: a real installation by its hosting, or the practice run. */
export type ExampleKind = Answers['hosting'] | 'practice'

/** Complete answers to start from, as `identity-setup answers` prints them. */
export function exampleAnswers(kind: ExampleKind, platform: NodeJS.Platform): Answers {
  if (kind === 'practice') return practiceExample(platform)
  return kind === 'docker' ? dockerExample(platform) : websiteExample()
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
    database: {
      from: 'fields',
      provider: 'PostgreSQL',
      server: 'db01.example.com',
      port: 5432,
      database: 'creatio',
      user: 'creatio',
      password: 'env:IDENTITY_DB_PASSWORD',
    },
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
