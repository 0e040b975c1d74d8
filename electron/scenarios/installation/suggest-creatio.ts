import { readConnectionStringsConfig } from '../../creatio/connection-strings-config.ts'
import { looksLikeCreatio, type CreatioLook } from '../../creatio/looks-like-creatio.ts'
import type { Container } from '../../docker/container.ts'
import { listContainers } from '../../docker/containers.ts'
import { mountSource } from '../../docker/host-path.ts'
import { same } from '../../iis/config-element.ts'
import { listSites } from '../../iis/sites.ts'
import type { Machine } from '../../machine/machine.ts'
import { databaseNamed, sameDatabase, type NamedDatabase } from './database-named.ts'
import type { FoundInstallation } from './found.ts'
import { settingsToday } from './settings-today.ts'

/** What seems to run Creatio on this machine. */
export interface CreatioSuggestion {
  readonly kind: 'pool' | 'container'
  readonly name: string
  /** One sentence. */
  readonly why: string
  /** Creatio's folder, where it is on this machine. */
  readonly folder?: string
}

/** The more, the likelier. */
type Rated = CreatioSuggestion & { readonly rate: number }

const SAME_DATABASE = 4
const CERTAIN = 2
const RUNNING = 1

/**
 * What may run the Creatio that this Identity Service belongs to, the likeliest first; never the service's own pool or
 * container. Empty where nothing is found or only an administrator could see it. Never rejects.
 */
export async function suggestCreatio(
  machine: Machine,
  { installation, settings }: FoundInstallation,
): Promise<readonly CreatioSuggestion[]> {
  const { website, container } = installation
  const nothing = (): readonly Rated[] => []
  const { database } = await settingsToday(
    machine,
    () => settings,
    () => undefined,
  )
  const found = await Promise.all([
    machine.windows ? pools(machine, website?.pool, database).catch(nothing) : [],
    containers(machine, container, database).catch(nothing),
  ])
  return found
    .flat()
    .toSorted((a, b) => b.rate - a.rate)
    .map(({ rate: _rate, ...suggestion }) => suggestion)
}

async function pools(
  machine: Machine,
  own: string | undefined,
  database: NamedDatabase | undefined,
): Promise<readonly Rated[]> {
  const applications = (await listSites(machine)).flatMap((site) =>
    site.applications.map(({ pool, folder }) => ({ site, pool, folder })),
  )
  const rated: Rated[] = []
  for (const { site, pool, folder } of applications) {
    if (own !== undefined && same(pool, own)) continue
    const look = await looksLikeCreatio(machine, folder)
    if (!look) continue
    const shared = await usesDatabase(machine, look, database)
    const rate = rateOf(look, shared) + (site.state === 'Started' ? RUNNING : 0)
    rated.push({
      kind: 'pool',
      name: pool,
      why: reason(`The website “${site.name}”`, look, shared),
      folder,
      rate,
    })
  }
  // Creatio on .NET Framework has two applications, usually in one pool.
  return rated
    .toSorted((a, b) => b.rate - a.rate)
    .filter(({ name }, at, all) => all.findIndex((other) => same(other.name, name)) === at)
}

async function containers(
  machine: Machine,
  own: string | undefined,
  database: NamedDatabase | undefined,
): Promise<readonly Rated[]> {
  const others = (await listContainers(machine)).filter(({ name }) => name !== own)
  const rated = await Promise.all(others.map((container) => rateContainer(machine, container, database)))
  return rated.filter((each) => each !== undefined)
}

async function rateContainer(
  machine: Machine,
  container: Container,
  database: NamedDatabase | undefined,
): Promise<Rated | undefined> {
  const { name, image, state, mounts } = container
  const running = state === 'running' ? RUNNING : 0
  for (const mount of mounts) {
    const folder = mountSource(mount, machine.platform)
    const look = await looksLikeCreatio(machine, folder)
    if (!look) continue
    const shared = await usesDatabase(machine, look, database)
    const why = reason(`The container “${name}”`, look, shared)
    return { kind: 'container', name, why, folder, rate: rateOf(look, shared) + running }
  }
  if (!/creatio|bpmonline|bpmsoft/i.test(`${image} ${name}`)) return undefined
  if (/identity|oauth/i.test(`${image} ${name}`)) return undefined
  const why = `The container “${name}” or its image “${image}” is called after Creatio.`
  return { kind: 'container', name, why, rate: running }
}

function rateOf({ sure }: CreatioLook, shared: boolean): number {
  return (shared ? SAME_DATABASE : 0) + (sure === 'certain' ? CERTAIN : 0)
}

function reason(who: string, { by }: CreatioLook, shared: boolean): string {
  return shared
    ? `${who} uses the same database as the Identity Service.`
    : `${who} shows a folder that holds ${by}.`
}

/** Whether Creatio's own settings name the database of the service; false where that cannot be told. */
async function usesDatabase(
  machine: Machine,
  { connectionStrings: file }: CreatioLook,
  database: NamedDatabase | undefined,
): Promise<boolean> {
  if (file === undefined || database === undefined) return false
  try {
    const bytes = await machine.files.read(file)
    const chosen = bytes && readConnectionStringsConfig(bytes, file).chosen
    const named = chosen && databaseNamed(chosen.connectionString.open())
    return named !== undefined && sameDatabase(named, database)
  } catch {
    return false
  }
}
