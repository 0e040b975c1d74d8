import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import type { Practice } from '../../../electron/practice/environment.ts'
import { preparePractice } from '../../../electron/practice/environment.ts'
import { startPostgres } from '../../../electron/practice/postgres.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { describeSource } from '../../../electron/service/describe.ts'
import { extract } from '../../../electron/service/extract.ts'
import { patchSettings } from '../../../electron/service/settings-patch.ts'
import { readWebConfig } from '../../../electron/service/web-config.ts'
import { keepPracticePort } from '../../practice-port.ts'
import type { Running } from './service-under-test.ts'
import { askToken, removeFolder, start, temporaryFolder } from './service-under-test.ts'

const machine = realMachine()
const SECRET = `It"s\\'{my};secret=&<for>+[tests]!`

let state: string
let postgresFolder: string
let practice: Practice
let service: Running | undefined

beforeAll(async () => {
  state = await temporaryFolder()
  await keepPracticePort(state)
  practice = await preparePractice(machine, state, async (options) => {
    const postgres = await startPostgres(options)
    postgresFolder = postgres.folder
    return postgres
  })
})

afterEach(async () => {
  await service?.stop()
})

afterAll(async () => {
  await practice.stop()
  await removeFolder(postgresFolder)
  await removeFolder(state)
})

test('the wizard takes the practice archive for the vendor’s', async () => {
  const described = await describeSource(machine, practice.archive)
  expect(described.runtime).toMatchObject({ name: 'Microsoft.AspNetCore.App', version: '8.0.10' })
  expect(described.hasMigrations).toBe(true)
  expect([...described.pfxScripts].sort()).toEqual(['pfx/linux/generate_pfx.sh', 'pfx/win/generate_pfx.ps1'])
  expect(described.shippedPfx).toEqual([])
  expect(described.warnings).toEqual([])
  expect(readWebConfig(described.webConfig!)).toMatchObject({ stdoutLogEnabled: 'false' })
})

test('what the wizard writes, the practice service reads: unpacked, patched, started, a token for a difficult secret', async () => {
  const target = practice.targetSuggestion
  await extract(machine, practice.archive, target)
  const pfx = join(target, 'openssl.pfx')
  const made = await createSigningCertificate({ now: machine.clock.now(), random: machine.random })
  await machine.files.write(pfx, made.pfx, { access: 'private' })
  const settings = join(target, 'appsettings.json')
  const shipped = (await machine.files.read(settings))!
  const edits = {
    dbProvider: 'Postgres',
    connectionString: practice.connectionString,
    client: {
      id: 'PracticeClient16',
      name: 'MyIdentityServiceApp',
      secret: new Secret(SECRET),
      builtInSecret: new Secret('x'.repeat(32)),
      shipped,
    },
    x509CertificatePath: pfx,
  } as const
  await machine.files.write(settings, patchSettings(shipped, edits))

  service = await start(target)
  const token = await askToken(service.origin, {
    grant_type: 'client_credentials',
    client_id: 'PracticeClient16',
    client_secret: SECRET,
    scope: 'IdentityServerApi',
  })
  expect(token).toMatchObject({ status: 200, body: { scope: 'IdentityServerApi' } })
  const keys = await (await fetch(`${service.origin}/.well-known/openid-configuration/jwks`)).json()
  expect(keys.keys[0]).toMatchObject({ kid: `${made.thumbprint}RS256`, ...made.publicJwk })
  // The secret that every copy ships with opens nothing any more.
  const builtIn = await askToken(service.origin, {
    grant_type: 'client_credentials',
    client_id: 'bpmonline-designer',
    client_secret: 'PracticeBuiltInSecret-ReplaceIt!',
  })
  expect(builtIn).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
})
