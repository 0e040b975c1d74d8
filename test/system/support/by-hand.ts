import type { X509Certificate } from 'node:crypto'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { docker } from './docker.ts'
import type { DockerSetup, Installation } from './docker-setup.ts'
import { makePfx } from './pfx.ts'
import { type AskedService, certificateIn, publishedKeys } from './signing.ts'

/** A service that somebody has set up after the vendor's manual (Academy, “Install the Identity Service using Docker”). */
export interface ByHand extends AskedService {
  readonly installation: Installation
  /** The PFX in the service's folder. */
  readonly pfx: string
  readonly certificate: X509Certificate
}

interface HandWork {
  /** Laid over the vendor's settings, before the image is built with them. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Further options of `docker run`. */
  readonly options?: (installation: Installation) => readonly string[]
}

/** How long a start may take before a test calls it hung. */
const PATIENCE_MS = 60_000

/**
 * Unpacks the service, writes its settings with an own client, has openssl make the PFX, builds the image of the whole
 * folder and runs it.
 */
export async function setUpByHand(setup: DockerSetup, work: HandWork = {}): Promise<ByHand> {
  const installation = await setup.installation()
  const { name, port, target, url } = installation
  const client = { id: `Own${name.slice(-8)}Client`, secret: `secret of ${name}`.padEnd(32, '.') }
  await cp(setup.program, target, { recursive: true })
  const pfx = await makePfx(target, 'openssl')
  await rm(join(target, 'openssl.crt'))
  await writeSettings(target, {
    DatabaseConnectionString: connectionString(setup, installation),
    X509CertificatePath: 'openssl.pfx',
    Clients: JSON.stringify([
      {
        ClientId: client.id,
        ClientName: 'By hand',
        Secrets: [client.secret],
        AllowedGrantTypes: ['client_credentials'],
        AllowedScopes: ['IdentityServerApi'],
      },
    ]),
    ...work.settings,
  })
  await docker('build', '-t', name, '-f', join(target, 'Dockerfile-OAuth'), target)
  const options = [
    '-e',
    'ASPNETCORE_URLS=http://+:80',
    '-p',
    `${port}:80`,
    ...(work.options?.(installation) ?? []),
  ]
  await docker('run', '-d', '--pull', 'never', '--name', name, ...options, `${name}:latest`)
  await answers(url)
  return { installation, url, client, pfx, certificate: await certificateIn(pfx) }
}

async function answers(url: string): Promise<void> {
  for (const limit = Date.now() + PATIENCE_MS; Date.now() < limit; await sleep(100)) {
    const keys = await publishedKeys({ url }).catch(() => [])
    if (keys.length > 0) return
  }
  throw new Error(`No service answered at ${url} within ${PATIENCE_MS} ms.`)
}

/** How a container reaches the installation's database. */
export function connectionString({ database, bridge }: DockerSetup, { name }: Installation): string {
  const { user, password } = database
  return `Server=${bridge.host};Port=${bridge.port};Database=${name};User ID=${user};Password=${password.open()}`
}

async function writeSettings(target: string, changed: Readonly<Record<string, unknown>>): Promise<void> {
  const file = join(target, 'appsettings.json')
  const shipped = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  const settings = { ...(JSON.parse(shipped) as Record<string, unknown>), ...changed }
  await writeFile(file, JSON.stringify(settings, undefined, 2))
}
