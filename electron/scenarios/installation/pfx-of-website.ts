import { join, resolve } from 'node:path'
import { SetupError } from '../../contract/problem.ts'
import { poolVariables } from '../../iis/pool-variables.ts'
import type { Machine } from '../../machine/machine.ts'
import { webConfigVariables } from '../../service/web-config-variables.ts'
import type { PfxNamedBy, PfxToday } from './found.ts'
import { notes } from './notes.ts'
import { isSet, settingsToday, type SettingsToday } from './settings-today.ts'

type Variables = ReadonlyMap<string, string>

export interface WebsiteFiles {
  /** The folder of the service. */
  readonly target: string
  readonly settings: string
  readonly pool: string
  /** What is taken for the PFX where the settings do not tell. */
  readonly otherwise: string
}

/** The PFX of a service under IIS, by its settings and the variables that win over them. Never rejects. */
export async function pfxOfWebsite(
  machine: Machine,
  { target, settings, pool, otherwise }: WebsiteFiles,
): Promise<{ readonly pfx: PfxToday; readonly today: SettingsToday }> {
  const webConfig = join(target, 'web.config')
  const [ofPool, ofFile] = await Promise.all([
    poolVariables(machine, pool).catch(none),
    readVariables(machine, webConfig).catch(none),
  ])
  const variable = (name: string) => valueIn(ofFile, name) ?? valueIn(ofPool, name)
  const fileOf = (name: string) => (name === 'appsettings.json' ? settings : join(target, name))
  const today = await settingsToday(machine, fileOf, variable)
  const named =
    namedIn(ofFile, { by: 'web.config', file: webConfig }) ??
    namedIn(ofPool, { by: 'pool', pool }) ??
    (today.x509 && { as: today.x509.value, by: { by: 'settings', file: today.x509.file } as const })
  const pfx = named ? besideService(machine, target, named.as) : otherwise
  return {
    today,
    pfx: {
      pfx,
      inImage: false,
      namedBy: named?.by ?? { by: 'nothing' },
      namedAs: named?.as ?? '',
      certain: named !== undefined,
      notes: [
        ...(today.problem ? [notes.unread(settings, today.problem)] : []),
        ...(named || today.problem ? [] : [notes.unnamed(settings, pfx)]),
        ...(named && (await isMissing(machine, pfx)) ? [notes.missing(pfx, named.as)] : []),
      ],
    },
  }
}

/** Whether there is surely no such file: where this user may not look, there may be one. */
export async function isMissing(machine: Machine, file: string): Promise<boolean> {
  const info = await machine.files.info(file).catch(() => 'unseen')
  return info === undefined
}

/** A path as the service takes it: from its own folder, and on Windows with both kinds of slashes. */
function besideService({ windows }: Machine, folder: string, path: string): string {
  return resolve(folder, windows ? path.replaceAll('\\', '/') : path)
}

async function readVariables(machine: Machine, webConfig: string): Promise<Variables> {
  const bytes = await machine.files.read(webConfig)
  return bytes ? webConfigVariables(bytes, webConfig) : new Map()
}

/** Variables that nobody without the rights sees, or of a file that the service could not start with either. */
function none(error: unknown): Variables {
  if (error instanceof SetupError) return new Map()
  throw error
}

function valueIn(variables: Variables, name: string): string | undefined {
  const value = variables.get(name.toLowerCase())
  return isSet(value) ? value : undefined
}

function namedIn(
  variables: Variables,
  by: PfxNamedBy,
): { readonly as: string; readonly by: PfxNamedBy } | undefined {
  const as = valueIn(variables, 'X509CertificatePath')
  return as === undefined ? undefined : { as, by }
}
