import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keepRequest } from '../../electron/certificate/requests/pending-requests.ts'
import { createRequest } from '../../electron/certificate/requests/request.ts'
import { signingPfx } from '../../electron/certificate/signing-pfx.ts'
import { createSigningCertificate } from '../../electron/certificate/signing.ts'
import type { PfxProfile } from '../../electron/contract/certificate.ts'
import { realMachine } from '../../electron/machine/real.ts'
import { startPostgres, type Postgres } from '../../electron/practice/postgres.ts'
import { authorityAnswers } from '../integration/certificate/foreign.ts'
import { kinds, nameOf, profiles, type Kind } from '../integration/certificate/kinds.ts'
import { buildIdentityService } from './support/archive.ts'
import { expectSigns, publishedKeys, requestToken } from './support/signing.ts'
import { startService, writeSettings, type RunningService } from './support/service-process.ts'

/** The service itself starts with the files that this program makes, and what it then says and signs is looked at. */

const CLIENT = { ClientId: 'proof', ClientName: 'Proof', Secrets: ['of 32 characters, made up, no key'] }
const SCOPES = { AllowedGrantTypes: ['client_credentials'], AllowedScopes: ['IdentityServerApi'] }

/** A start takes seconds, so each key has one profile here; both come with RSA and with ECDSA. */
const cases = kinds.map((kind, at) => ({
  kind,
  name: nameOf(kind),
  profile: profiles[at % 2]!,
}))

const machine = realMachine()
const { random } = machine

let folder: string
let program: string
let database: Postgres

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificates-served-'))
  const built = buildIdentityService()
  database = await startPostgres({ folder: join(folder, 'postgres'), database: 'identity', log: () => {} })
  program = (await built).folder
})

afterAll(async () => {
  await database?.stop()
  if (database) await rm(database.folder, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

/** A certificate made here, and its file. */
async function make({ key, hash }: Kind, profile: PfxProfile) {
  const { pfx, certificatePem } = await createSigningCertificate({
    key,
    hash,
    profile,
    now: new Date(),
    random,
  })
  return { pfx, certificate: new X509Certificate(certificatePem) }
}

/** Starts the service with a PFX. */
async function serve(pfx: Uint8Array, changed: object = {}): Promise<RunningService> {
  const own = await mkdtemp(join(folder, 'service-'))
  const X509CertificatePath = join(own, 'openssl.pfx')
  await writeFile(X509CertificatePath, pfx, { mode: 0o600 })
  await writeSettings(own, {
    Logging: { LogLevel: { Default: 'Warning' } },
    DbProvider: 'Postgres',
    DatabaseConnectionString: database.connectionString.open(),
    X509CertificatePath,
    IssuerUri: 'creatio.com',
    Clients: JSON.stringify([{ ...CLIENT, ...SCOPES }]),
    ...changed,
  })
  return startService(program, own)
}

const asked = ({ url }: RunningService) => ({
  url,
  client: { id: CLIENT.ClientId, secret: CLIENT.Secrets[0]! },
})

it.each(cases)('the service signs with $name from a $profile file', async ({ kind, profile }) => {
  const { pfx, certificate } = await make(kind, profile)
  const service = await serve(pfx)
  try {
    await expectSigns(asked(service), certificate)
  } finally {
    await service.stop()
  }
})

it('the service signs with what an authority has issued for a request, and publishes no other of its chain', async () => {
  const kind = kinds.find(({ key }) => key === 'RSA-2048')!
  const request = await createRequest({ key: kind.key, subject: 'CN=Identity Service, O=Example' })
  await keepRequest(machine, folder, request)
  const { answer, certificate } = await authorityAnswers(folder, request.csrPem)
  const thumbprint = certificate.fingerprint.replaceAll(':', '')
  const making = { machine, stateFolder: folder, profile: 'AES-256' } as const
  const { pfx } = await signingPfx({ from: 'file', file: answer, thumbprint }, making)
  const service = await serve(pfx)
  try {
    await expectSigns(asked(service), certificate)
  } finally {
    await service.stop()
  }
})

it('with ECDSA a build before 8.2.3 starts, publishes the key and has no token to give', async () => {
  const kind = kinds.find(({ key }) => key === 'ECDSA-P256')!
  const { pfx, certificate } = await make(kind, 'AES-256')
  const service = await serve(pfx, { SigningAlgorithm: 'RS256' })
  try {
    expect((await fetch(`${service.url}/.well-known/openid-configuration`)).status).toBe(200)
    const kid = `${certificate.fingerprint.replaceAll(':', '')}RS256`
    expect(await publishedKeys(service)).toEqual([expect.objectContaining({ kty: 'EC', alg: 'RS256', kid })])
    expect((await requestToken(asked(service))).status).toBe(500)
  } finally {
    await service.stop()
  }
})
