import { join, resolve } from 'node:path'
import type { ServedFolder } from '../../iis/applications.ts'
import { accountOfPool } from '../../iis/pool-account.ts'
import { readPool } from '../../iis/pools.ts'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { installationId } from '../../service/installation.ts'
import { readWebConfig } from '../../service/web-config.ts'
import { announcedOrigins } from './announced-url.ts'
import type { FoundInstallation, InstallationWishes } from './found.ts'
import { notes } from './notes.ts'
import { pfxOfWebsite } from './pfx-of-website.ts'
import { systemClientIn } from './system-client.ts'
import { addressOfWebsite } from './website-address.ts'

/** What `web.config` of the vendor says. */
const STDOUT_LOG = '.\\logs\\stdout'

/**
 * An installation under IIS that somebody else made.
 * @throws SetupError `installation.no-address`, `iis.missing`, `account.unknown`, and what asking IIS rejects with
 */
export async function adoptWebsite(
  machine: Machine,
  { target, practice }: InstallationWishes,
  served: ServedFolder,
): Promise<FoundInstallation> {
  const { site, path, pool: name } = served
  const settings = join(target, 'appsettings.json')
  const otherwise = join(target, 'openssl.pfx')
  const [pool, { pfx, today }] = await Promise.all([
    readPool(machine, name),
    pfxOfWebsite(machine, { target, settings, pool: name, otherwise }),
  ])
  if (!pool) throw noPool(site.name, name)
  const clientId = systemClientIn(today.clients)
  const address = await addressOfWebsite(machine, served, announcedOrigins(today.clients, clientId))
  const { publicUrl, localUrl, trust } = address
  return {
    ...pfx,
    installation: {
      version: 1,
      id: installationId(target),
      name: path === '/' ? site.name : `${site.name}${path}`,
      hosting: 'iis',
      ...(practice === true ? { practice } : {}),
      target,
      settings,
      pfx: pfx.pfx,
      publicUrl,
      localUrl,
      clientId,
      website: {
        site: site.name,
        pool: pool.name,
        account: await accountOfPool(machine, pool),
        stdoutLog: await stdoutLogIn(machine, target),
      },
      installedAt: machine.clock.now().toISOString(),
    },
    recorded: false,
    settings,
    ...(trust === undefined ? {} : { trust }),
    notes: [
      ...pfx.notes,
      notes.address(publicUrl),
      ...(clientId === '' && !today.problem ? [notes.noClient(settings)] : []),
    ],
  }
}

async function stdoutLogIn(machine: Machine, target: string): Promise<string> {
  const file = join(target, 'web.config')
  const path = await machine.files
    .read(file)
    .then((bytes) => bytes && readWebConfig(bytes, file).stdoutLogFile)
    .catch((error: unknown) => {
      if (error instanceof SetupError) return undefined
      throw error
    })
  return resolve(target, (path ?? STDOUT_LOG).replaceAll('\\', '/'))
}

function noPool(site: string, pool: string): SetupError {
  return new SetupError({
    code: 'iis.missing',
    what: `The website “${site}” runs in the application pool “${pool}”, and there is none of that name.`,
    next: 'Choose another pool for the website in IIS Manager, then try again.',
  })
}
