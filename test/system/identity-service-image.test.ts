import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPostgres, type Postgres } from '../../electron/practice/postgres.ts'
import { buildIdentityService } from './support/archive.ts'
import {
  docker,
  engineOrLeftOut,
  reachableFromContainers,
  standardErrorOf,
  type Bridge,
} from './support/docker.ts'
import { makePfx } from './support/pfx.ts'
import { freePort } from '../free-port.ts'

/** The archive's own Dockerfile, and the settings and PFX of the vendor's container instructions, in a real engine. */

const IMAGE = `identity-service-double:${process.pid}`
const containers: string[] = []
let folder: string
let program: string
let database: Postgres
let bridge: Bridge
let pfx: string
const engine = await engineOrLeftOut('identity-service-image')

beforeAll(async () => {
  if (!engine) return
  folder = await mkdtemp(join(tmpdir(), 'identity-image-'))
  program = (await buildIdentityService()).folder
  database = await startPostgres({ folder: join(folder, 'postgres'), database: 'identity', log: () => {} })
  bridge = await reachableFromContainers(database.port)
  pfx = await makePfx(folder, 'signing')
  await docker('build', '-t', IMAGE, '-f', join(program, 'Dockerfile-OAuth'), program)
})

afterAll(async () => {
  if (!engine) return
  if (containers.length > 0) await docker('rm', '-f', ...containers)
  await docker('rmi', IMAGE)
  await bridge.close()
  await database.stop()
  await rm(database.folder, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

/** The shipped settings with a connection string of the given host, mounted with the PFX as the vendor's page says. */
async function run(host: string, port: number): Promise<{ id: string; url: string }> {
  const file = join(folder, `appsettings-${containers.length}.json`)
  const shipped = (await readFile(join(program, 'appsettings.json'), 'utf8')).replace(/^\uFEFF/, '')
  const connection = `Server=${host};Port=${port};Database=identity;User ID=${database.user};Password=${database.password.open()};Timeout=5`
  const changed = { X509CertificatePath: '/app/openssl.pfx', PostgresConnection: connection }
  await writeFile(file, JSON.stringify({ ...(JSON.parse(shipped) as object), ...changed }))
  const published = await freePort()
  const mounts = ['-v', `${file}:/app/appsettings.json:ro`, '-v', `${pfx}:/app/openssl.pfx:ro`]
  const ports = ['-p', `127.0.0.1:${published}:80`, '--env', 'ASPNETCORE_URLS=http://+:80']
  const id = await docker('run', '-d', ...mounts, ...ports, IMAGE)
  containers.push(id)
  return { id, url: `http://127.0.0.1:${published}` }
}

it.skipIf(!engine)('serves discovery from the mounted settings and PFX', async () => {
  const { url } = await run(bridge.host, bridge.port)
  const discovery = (): Promise<number> =>
    fetch(`${url}/.well-known/openid-configuration`).then(
      (response) => response.status,
      () => 0,
    )
  await expect.poll(discovery, { timeout: 60_000 }).toBe(200)
})

it.skipIf(!engine)("ends when the database is looked for on the container's own localhost", async () => {
  const { id } = await run('localhost', database.port)
  // A first process that aborts is reported as 134 or 139, depending on the engine.
  expect(Number(await docker('wait', id))).toBeGreaterThan(128)
  expect(await standardErrorOf(id)).toMatch(
    /^Unhandled exception.*\n.*Failed to connect to .*\n.*Connection refused/,
  )
  expect(await docker('inspect', '-f', '{{.State.Status}}', id)).toBe('exited')
})
