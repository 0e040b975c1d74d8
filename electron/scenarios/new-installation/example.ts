import { ANSWERS_VERSION, type Answers } from '../../contract/answers.ts'

/** Complete answers to start from, as `identity-setup answers` prints them. */
export function exampleAnswers(hosting: Answers['hosting'], platform: NodeJS.Platform): Answers {
  return hosting === 'docker' ? dockerExample(platform) : practiceExample(platform)
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
    certificate: { key: 'RSA-2048', subject: 'CN=Identity Service', days: 1095 },
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

function practiceExample(platform: NodeJS.Platform): Answers {
  return {
    version: ANSWERS_VERSION,
    scenario: 'new-installation',
    hosting: 'practice',
    service: {
      target: platform === 'win32' ? 'C:\\Practice\\IdentityService' : '/tmp/practice/IdentityService',
    },
    database: { from: 'practice' },
    client: { id: 'generate', name: 'Creatio', secret: 'generate' },
    certificate: { key: 'RSA-2048', subject: 'CN=Identity Service', days: 1095 },
    logging: { level: 'Warning', stdout: false },
  }
}
