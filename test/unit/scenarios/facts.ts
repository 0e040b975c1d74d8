import type { Answers } from '../../../electron/contract/answers.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { makePracticeArchive } from '../../../electron/practice/archive.ts'
import { exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'
import type { Facts } from '../../../electron/scenarios/new-installation/facts.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { describeSource } from '../../../electron/service/describe.ts'
import type { MachineCertificate } from '../../../electron/windows/certificates.ts'

export const PASSWORD = 'Pa55-of-the-database'
export const CLIENT_SECRET = 'C1ient-secret_of.32.characters-x'
export const BUILT_IN = 'Bui1t-in_secret.of.32.characters'
export const REDIS = 'redis01:6379,password=R3dis-password'
export const TLS_PASSWORD = 'T1s-password'

export const POOL_PASSWORD = 'P00l-password_of-the-account'
export const POOL_SID = 'S-1-5-82-1-2-3-4-5'

export const docker = exampleAnswers('docker', 'linux')
export const practice = exampleAnswers('practice', 'linux')
export const iis = exampleAnswers('iis', 'win32')
export const website = iis.website!
export const container = docker.container!

export const ADMINISTRATOR_PASSWORD = 'Adm1n-password_of-the-server'

/** A database that is to be made, as the facts for it would be. */
export const NEW_DATABASE: NonNullable<Facts['newDatabase']> = (() => {
  const wanted = {
    provider: 'PostgreSQL' as const,
    server: 'db01.example.com',
    database: 'identity',
    user: 'identity_login',
    options: '',
  }
  const on = (database: string, user: string, password: string) => ({
    provider: wanted.provider,
    connectionString: new Secret(
      `Server=${wanted.server};Database=${database};User ID=${user};Password=${password};`,
    ),
  })
  return {
    wanted,
    password: new Secret(PASSWORD),
    target: on(wanted.database, wanted.user, PASSWORD),
    administrator: on('postgres', 'postgres', ADMINISTRATOR_PASSWORD),
    made: { login: false, database: false },
  }
})()

/** A certificate as the machine’s store would list it. */
export const STORED: MachineCertificate = {
  thumbprint: '0123456789ABCDEF0123456789ABCDEF01234567',
  subject: 'CN=identity.example.com',
  issuer: 'CN=Example CA',
  friendlyName: '',
  notBefore: new Date('2026-01-01'),
  notAfter: new Date('2027-01-01'),
  names: ['identity.example.com'],
  eku: [],
  hasPrivateKey: true,
  selfSigned: false,
  pem: '-----BEGIN CERTIFICATE-----\nleaf\n-----END CERTIFICATE-----\n',
  chainPem: ['-----BEGIN CERTIFICATE-----\nissuer\n-----END CERTIFICATE-----\n'],
}

/** Facts as they are gathered on a machine with an archive, an engine and a database; none of it is really there. */
export async function factsFor(answers: Answers, more: Partial<Facts> = {}): Promise<Facts> {
  const path = '/srv/install/IdentityService.zip'
  const kept = new Map<string, Uint8Array>()
  const files = {
    write: async (name: string, bytes: Uint8Array) => void kept.set(name, bytes),
    read: async (name: string) => kept.get(name),
    info: async (name: string) => ({ kind: 'file', size: kept.get(name)!.length, mode: 0o644 }),
  }
  const machine = { files } as unknown as Machine
  await makePracticeArchive(machine, path)
  const source = await describeSource(machine, path)
  const connectionString = new Secret(
    `Server=db01.example.com;Port=5432;Database=creatio;User ID=creatio;Password=${PASSWORD};`,
  )
  return {
    source,
    settings: source.settings,
    webConfig: source.webConfig!,
    dockerfile: source.dockerfile!,
    database: { provider: 'PostgreSQL', connectionString },
    client: {
      id: 'AbCdEf0123-45.xY',
      name: answers.client.name,
      secret: new Secret(CLIENT_SECRET),
      from: 'generated',
    },
    builtInSecret: new Secret(BUILT_IN),
    signing: { profile: 'AES-256', warnings: [] },
    machineName: 'server01',
    stateFolder: '/home/installer/.local/state/identity-service-setup',
    ...(answers.practice === true ? { practice: { archive: path, connectionString } } : {}),
    ...(answers.website
      ? {
          website: {
            elevated: true,
            account: { sid: POOL_SID, name: `IIS AppPool\\${answers.website.pool}` },
            ours: new Set<string>(),
            scratch: '/home/installer/.local/state/identity-service-setup/scratch',
          },
        }
      : { engine: { product: 'docker', version: '28.0.0', os: 'linux', hostName: 'host.docker.internal' } }),
    ...more,
  }
}
