import { join, posix } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import { type Container, inspectContainer } from '../docker/container.ts'
import { hostPath } from '../docker/host-path.ts'
import { variableOf } from '../docker/variables.ts'
import { poolVariables } from '../iis/pool-variables.ts'
import type { Machine } from '../machine/machine.ts'
import type { Installation } from '../service/installation.ts'
import { readSettings } from '../service/settings-read.ts'
import { webConfigVariables } from '../service/web-config-variables.ts'

/** What of an installation tells where its settings are. Fit for a journal: no secrets. */
export type ServiceFiles = Pick<Installation, 'target' | 'settings' | 'container' | 'databaseServer'> & {
  /** The application pool, under IIS. */
  readonly pool?: string
}

/** What gives the service a setting; a later one wins over those before it. */
export type SettingSource =
  | { readonly by: 'settings'; readonly file: string }
  | { readonly by: 'pool'; readonly pool: string }
  | { readonly by: 'web.config'; readonly file: string }
  | { readonly by: 'container'; readonly container: string }

/** A service's settings as it sees them. */
export interface ServiceSettings {
  /** May be a secret. A blank variable says nothing. */
  value(key: string): string | undefined
  /** Where the service has a setting from; undefined where nothing gives it. */
  source(key: string): SettingSource | undefined
  /** The image holds the settings file, so that another one needs a new image. */
  readonly inImage: boolean
}

const SERVICE_FOLDER = '/app'

/** Where the files of an installed service are. */
export function filesOf(installation: Omit<Installation, 'installedAt'>): ServiceFiles {
  const { target, settings, container, databaseServer, website } = installation
  return {
    target,
    settings,
    ...(container === undefined ? {} : { container }),
    ...(databaseServer === undefined ? {} : { databaseServer }),
    ...(website ? { pool: website.pool } : {}),
  }
}

/**
 * Reads the settings of a service: its variables, then the file of its environment, then `appsettings.json`.
 * https://learn.microsoft.com/aspnet/core/fundamentals/configuration/#default-application-configuration-sources
 * @throws SetupError `installation.no-settings`; what reading the files, IIS and the container engine throws
 */
export async function serviceSettings(machine: Machine, files: ServiceFiles): Promise<ServiceSettings> {
  const { container: name, settings, target } = files
  const container = name === undefined ? undefined : await inspectContainer(machine, name)
  const variables = container ? containerVariables(container) : await websiteVariables(machine, files)
  const variable = (key: string) =>
    variables.map((each) => each.value(key)).find((value) => value !== undefined)
  const environment = variable('ASPNETCORE_ENVIRONMENT') ?? variable('DOTNET_ENVIRONMENT') ?? 'Production'
  const own = environmentFile(machine, files, container, `appsettings.${environment}.json`)
  const [main, over] = await Promise.all([
    machine.files.read(settings),
    own === undefined ? undefined : machine.files.read(own),
  ])
  if (!main) throw noSettings(settings)
  const views = [
    ...(over ? [{ file: own!, view: readSettings(over, own) }] : []),
    { file: settings, view: readSettings(main, settings) },
  ]
  return {
    value: (key) =>
      variable(key.replaceAll(':', '__')) ?? views.map(({ view }) => view.value(key)).find(isThere),
    source(key) {
      const by = variables.find((each) => each.has(key.replaceAll(':', '__')))
      if (by) return by.source
      const named = views.find(({ view }) => view.has(key))
      return named && { by: 'settings', file: named.file }
    },
    inImage: container !== undefined && placeIn(machine, container, target, 'appsettings.json').inImage,
  }
}

interface Variables {
  readonly source: SettingSource
  value(name: string): string | undefined
  /** Also where it is given in parts, such as `Clients__0__ClientId`. */
  has(name: string): boolean
}

function containerVariables(container: Container): readonly Variables[] {
  const names = Object.keys(container.environment)
  return [
    {
      source: { by: 'container', container: container.name },
      value: (name) => variableOf(container, name),
      has: (name) => variableOf(container, name) !== undefined || inParts(names, name),
    },
  ]
}

/** What web.config says wins over the pool. */
async function websiteVariables(machine: Machine, files: ServiceFiles): Promise<readonly Variables[]> {
  const { pool, target } = files
  if (pool === undefined) return []
  const file = join(target, 'web.config')
  const bytes = await machine.files.read(file)
  const listed = (variables: ReadonlyMap<string, string>, source: SettingSource): Variables => {
    const value = (name: string) => {
      const found = variables.get(name.toLowerCase())
      return isThere(found) && found.trim() !== '' ? found : undefined
    }
    return { source, value, has: (name) => value(name) !== undefined || inParts([...variables.keys()], name) }
  }
  return [
    listed(bytes ? webConfigVariables(bytes, file) : new Map(), { by: 'web.config', file }),
    listed(await poolVariables(machine, pool), { by: 'pool', pool }),
  ]
}

function inParts(names: readonly string[], name: string): boolean {
  return names.some((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}__`))
}

/** Undefined where it is the same file, or where nobody can have it on this machine. */
function environmentFile(
  machine: Machine,
  { target, settings }: ServiceFiles,
  container: Container | undefined,
  name: string,
): string | undefined {
  const file = container ? placeIn(machine, container, target, name).path : join(target, name)
  return file === settings ? undefined : file
}

function placeIn({ platform }: Machine, container: Container, target: string, name: string) {
  const folder = container.workingFolder === '' ? SERVICE_FOLDER : container.workingFolder
  const { path } = hostPath(container, posix.join(folder, name), platform)
  return { path: path ?? join(target, name), inImage: path === undefined }
}

function isThere(value: string | undefined): value is string {
  return value !== undefined
}

/** The settings file of an installation is gone. */
export function noSettings(file: string): SetupError {
  return new SetupError({
    code: 'installation.no-settings',
    what: 'The settings of this installation are not there.',
    where: { file },
    next: 'Check whether the folder was moved or removed.',
    untouched: 'Nothing was changed.',
  })
}
