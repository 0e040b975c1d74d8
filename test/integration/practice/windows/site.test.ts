import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, readdir, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { RUNTIME_CONFIG } from '../../../../electron/practice/archive/hosting.ts'
import { startPostgres, type Postgres } from '../../../../electron/practice/postgres.ts'
import { freePort, makePfx, removeFolder, temporaryFolder, writeSettings } from '../service-under-test.ts'
import {
  POOL,
  SITE,
  ask,
  makeServer,
  poolElement,
  put,
  siteElement,
  startSite,
  webConfig,
  type Server,
  type SiteProcess,
} from './site-under-test.ts'

let home: string
let postgres: Postgres
let folder: string
let server: Server
let port: number
let site: SiteProcess | undefined

beforeAll(async () => {
  home = await temporaryFolder()
  postgres = await startPostgres({ folder: join(home, 'postgres'), log: () => undefined })
  await makePfx(home, 'good')
}, 120_000)

afterAll(async () => {
  await postgres.stop()
  await removeFolder(postgres.folder)
  await removeFolder(home)
})

beforeEach(async () => {
  const place = await temporaryFolder()
  folder = join(place, 'IdentityService')
  port = await freePort()
  await put(join(folder, 'web.config'), webConfig())
  await put(join(folder, 'IdentityService.dll'), 'stand-in')
  await put(join(folder, 'IdentityService.runtimeconfig.json'), RUNTIME_CONFIG)
  await copyFile(join(home, 'good.pfx'), join(folder, 'openssl.pfx'))
  await writeSettings(folder, goodSettings())
  server = await makeServer(join(place, 'windows'))
  await server.change((state) => {
    state.iis.pools.push(poolElement(POOL))
    state.iis.sites.push(siteElement(SITE, 2, POOL, folder, [{ protocol: 'http', port }]))
    state.iis.poolStates[POOL] = 'Started'
    state.iis.siteStates[SITE] = 'Started'
  })
})

afterEach(async () => {
  await site?.stop()
  site = undefined
  await removeFolder(join(folder, '..'))
})

const discovery = () => ask(`http://127.0.0.1:${port}/.well-known/openid-configuration`)

test('a site that stands serves the service, names itself and ends when it is told to', async () => {
  site = startSite(server)
  const { status, headers, body } = await discovery()
  expect(body).toContain(`"token_endpoint":"http://127.0.0.1:${port}/connect/token"`)
  expect(status).toBe(200)
  expect(headers).toMatchObject({ server: 'Microsoft-IIS/10.0', 'x-practice-process': String(site.pid) })
  expect(await events()).toEqual([[1032, `Application '${folder}' started successfully.`]])
  expect(await site.stop()).toBe(0)
})

test('a start-up exception is 500.30, with its words in the event log and not on the page', async () => {
  await writeSettings(folder, { ...goodSettings(), DbProvider: 'Oracle' })
  site = startSite(server)
  const { status, body } = await discovery()
  expect(status).toBe(500)
  expect(body).toContain('HTTP Error 500.30 - ASP.NET Core app failed to start')
  expect(body).not.toContain('Oracle')
  const found = await events()
  expect(found.map(([id]) => id)).toEqual([1018, 1007, 1010])
  expect(found[0]![1]).toContain(
    "Unhandled exception. System.NotSupportedException: DbProvider 'Oracle' is not supported by this build",
  )
  expect(found[2]![1]).toBe(`Failed to start application '/LM/W3SVC/2/ROOT', ErrorCode '0x8007023e'.`)
})

function goodSettings() {
  return {
    DbProvider: 'Postgres',
    DatabaseConnectionString: postgres.connectionString.open(),
    X509CertificatePath: 'openssl.pfx',
    Clients: '',
  }
}

async function events(): Promise<(readonly [number, string])[]> {
  return (await server.read()).events.map(({ id, data }) => [id, data[0] ?? ''] as const)
}
