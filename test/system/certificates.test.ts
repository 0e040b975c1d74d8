import { verify, X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSigningCertificate } from '../../electron/certificate/signing.ts'
import type { PfxProfile } from '../../electron/contract/certificate.ts'
import { realRandom } from '../../electron/machine/clock-and-random.ts'
import { startPostgres, type Postgres } from '../../electron/practice/postgres.ts'
import { kinds, nameOf, profiles, type Kind } from '../integration/certificate/kinds.ts'
import { buildIdentityService } from './support/archive.ts'
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

let folder: string
let program: string
let database: Postgres

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificates-served-'))
  const built = buildIdentityService()
  database = await startPostgres({ folder: join(folder, 'postgres'), database: 'identity', log: () => {} })
  program = (await built).folder
}, 120_000)

afterAll(async () => {
  await database?.stop()
  if (database) await rm(database.folder, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

/** Makes a certificate and starts the service with its file. */
async function serve(kind: Kind, profile: PfxProfile, changed: object = {}) {
  const { key, hash } = kind
  const made = await createSigningCertificate({ key, hash, profile, now: new Date(), random: realRandom })
  const own = await mkdtemp(join(folder, 'service-'))
  const pfx = join(own, 'openssl.pfx')
  await writeFile(pfx, made.pfx, { mode: 0o600 })
  await writeSettings(own, {
    Logging: { LogLevel: { Default: 'Warning' } },
    DbProvider: 'Postgres',
    DatabaseConnectionString: database.connectionString.open(),
    X509CertificatePath: pfx,
    IssuerUri: 'creatio.com',
    Clients: JSON.stringify([{ ...CLIENT, ...SCOPES }]),
    ...changed,
  })
  return { service: await startService(program, own), certificate: new X509Certificate(made.certificatePem) }
}

function requestToken({ url }: RunningService): Promise<Response> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CLIENT.ClientId,
    client_secret: CLIENT.Secrets[0]!,
  })
  return fetch(`${url}/connect/token`, { method: 'POST', body })
}

async function publishedKeys({ url }: RunningService): Promise<readonly Record<string, unknown>[]> {
  const answer = await fetch(`${url}/.well-known/openid-configuration/jwks`)
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { keys: Record<string, unknown>[] }).keys
}

describe.each(cases)('with $name in a $profile file', ({ kind, profile }) => {
  it('the service publishes the certificate and signs a token with its key', async () => {
    const { service, certificate } = await serve(kind, profile)
    try {
      const { alg, x5t, ...named } = identityOf(certificate, kind)
      const key = certificate.publicKey.export({ format: 'jwk' })
      expect(await publishedKeys(service)).toEqual([{ use: 'sig', alg, ...named, ...x5t, ...key }])

      const answer = await requestToken(service)
      expect(answer.status).toBe(200)
      const { access_token } = (await answer.json()) as { access_token: string }
      const [header, payload, signature] = access_token.split('.') as [string, string, string]
      expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
        alg,
        kid: named.kid,
        ...x5t,
        typ: 'at+jwt',
      })
      const by = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const
      const signed = Buffer.from(`${header}.${payload}`)
      const hash = `sha${alg.slice(2)}`
      expect(verify(hash, signed, by, Buffer.from(signature, 'base64url'))).toBe(true)
      expect(
        verify(hash, Buffer.from(`${header}.${payload}x`), by, Buffer.from(signature, 'base64url')),
      ).toBe(false)
    } finally {
      await service.stop()
    }
  })
})

/**
 * How the engine names a certificate: the key id is the thumbprint and the algorithm, and RSA keys come with their
 * certificate. An EC key can sign only as a bare key, which has none of its own.
 */
function identityOf(certificate: X509Certificate, { algorithm }: Kind) {
  const thumbprint = certificate.fingerprint.replaceAll(':', '')
  const rsa = algorithm === 'RS256'
  return {
    alg: algorithm,
    kid: thumbprint + algorithm,
    x5t: rsa ? { x5t: Buffer.from(thumbprint, 'hex').toString('base64url') } : {},
    ...(rsa && { x5c: [certificate.raw.toString('base64')] }),
  }
}

it('with ECDSA a build before 8.2.3 starts, publishes the key and has no token to give', async () => {
  const kind = kinds.find(({ key }) => key === 'ECDSA-P256')!
  const { service, certificate } = await serve(kind, 'AES-256', { SigningAlgorithm: 'RS256' })
  try {
    expect((await fetch(`${service.url}/.well-known/openid-configuration`)).status).toBe(200)
    const kid = `${certificate.fingerprint.replaceAll(':', '')}RS256`
    expect(await publishedKeys(service)).toEqual([expect.objectContaining({ kty: 'EC', alg: 'RS256', kid })])
    expect((await requestToken(service)).status).toBe(500)
  } finally {
    await service.stop()
  }
})
