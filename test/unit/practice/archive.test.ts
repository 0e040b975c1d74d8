import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import yauzl from 'yauzl'
import { makePracticeArchive } from '../../../electron/practice/archive.ts'
import { keepingFiles } from './keeping-files.ts'

async function unpack(bytes: Uint8Array): Promise<{ comment: string; members: Map<string, string> }> {
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes))
  const members = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry))
    members.set(entry.fileName, content.toString())
  }
  return { comment: String(zip.comment), members }
}

async function practiceArchive(): Promise<Uint8Array> {
  const files = keepingFiles()
  await makePracticeArchive({ files }, '/practice/IdentityService.zip')
  return files.kept.get('/practice/IdentityService.zip')!
}

test('the archive has the members of the vendor’s, at its root, and no PFX', async () => {
  const { comment, members } = await unpack(await practiceArchive())
  expect([...members.keys()].sort()).toEqual([
    'Data/Migrations/Postgres/0001_Initial.sql',
    'Dockerfile-OAuth',
    'IdentityService.deps.json',
    'IdentityService.dll',
    'IdentityService.runtimeconfig.json',
    'appsettings.json',
    'pfx/linux/generate_pfx.sh',
    'pfx/win/generate_pfx.ps1',
    'web.config',
  ])
  expect(comment).toContain('Practice')
})

test('settings carry a BOM, CRLF and the built-in client three levels deep', async () => {
  const { members } = await unpack(await practiceArchive())
  const text = members.get('appsettings.json')!
  expect(text.startsWith('\uFEFF{\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toContain('\n')
  const settings = JSON.parse(text.slice(1))
  const [client] = JSON.parse(settings.Clients)
  expect(client.ClientId).toBe('bpmonline-designer')
  expect(client.Secrets[0]).toHaveLength(32)
  expect(client.AllowedScopes).toContain('IdentityServerApi')
  expect(JSON.parse(client.Properties.AllowedQueryParameters)).toEqual(['invitationHash', 'targetSubject'])
})

test('every setting the vendor’s copy is known to hold is there', async () => {
  const { members } = await unpack(await practiceArchive())
  const keys = Object.keys(JSON.parse(members.get('appsettings.json')!.slice(1)))
  for (const key of KNOWN_SETTINGS) expect(keys, key).toContain(key)
})

test('the runtime is ASP.NET Core 8 and web.config has the published form', async () => {
  const { members } = await unpack(await practiceArchive())
  const { frameworks } = JSON.parse(members.get('IdentityService.runtimeconfig.json')!).runtimeOptions
  expect(frameworks).toContainEqual({ name: 'Microsoft.AspNetCore.App', version: '8.0.10' })
  const webConfig = members.get('web.config')!
  expect(webConfig.startsWith('\uFEFF<?xml')).toBe(true)
  expect(webConfig).toContain('<location path="." inheritInChildApplications="false">')
  expect(webConfig).toContain('arguments=".\\IdentityService.dll" stdoutLogEnabled="false"')
})

test('the Linux script has the shipped CRLF', async () => {
  const { members } = await unpack(await practiceArchive())
  expect(members.get('pfx/linux/generate_pfx.sh')).toMatch(/^#!\/bin\/sh\r\n/)
})

test('the same bytes come out every time', async () => {
  expect(Buffer.from(await practiceArchive()).equals(Buffer.from(await practiceArchive()))).toBe(true)
})

const KNOWN_SETTINGS = [
  'Logging',
  'AllowedHosts',
  'DbProvider',
  'DatabaseConnectionString',
  'MsSqlConnection',
  'PostgresConnection',
  'MongoConnection',
  'RedisConnection',
  'X509CertificatePath',
  'IssuerUri',
  'IssuerResources',
  'Clients',
  'ApiResources',
  'AllowedRegisterDomains',
  'RegisterApplicationSubdomain',
  'LoginPageUrl',
  'ResetPasswordPageUrl',
  'ExtendedRegistrationSecondStepUrlTpl',
  'GoogleClientId',
  'GoogleClientSecret',
  'FacebookClientId',
  'FacebookClientSecret',
  'CookieName',
  'CookieExpireSeconds',
  'CookieSlidingExpiration',
  'ApplicationName',
  'PersistRedisKey',
  'ShowPII',
  'RequireConfirmedEmail',
  'AllowRegisterTestUser',
  'SecurityStampValidationIntervalSeconds',
  'EventBusPublishUrl',
  'RabbitMQConnectionString',
  'EventBusBaseAuth',
  'RabbitHttpDomainEventBusConfiguration',
  'AccountServiceHttpDomainEventBusConfiguration',
  'MetricsOptions',
  'MetricEndpointsOptions',
  'MetricsWebTrackingOptions',
  'AllowedMetricsUsers',
  'LogConfigFilePath',
  'UseCustomAccessTokenService',
  'UseAtomicMode',
  'UseSwagger',
  'ExtendedRegistration',
  'UseCustomSubClaimsPrincipal',
  'FeatureManagement',
]
