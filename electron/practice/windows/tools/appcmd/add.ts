import { type ConfigElement, element, sameName } from '../../configuration/element.ts'
import type { ElementSchema } from '../../configuration/schema.ts'
import { elementOf } from '../../configuration/xml.ts'
import { SITES_SCHEMA } from '../../configuration/site-schema.ts'
import type { SimulatedServer } from '../../tool.ts'
import type { AppcmdCall, Parameter } from './arguments.ts'
import { applyAll, insertObject } from './change.ts'
import { AppcmdFailure, inAppcmdWords } from './failure.ts'
import { type InputObject, readInput } from './input.ts'
import { APP_SCHEMA, objectNamed, poolSchemaOf } from './objects.ts'

const SITE_SCHEMA = SITES_SCHEMA.collection!.entry
const VDIR_SCHEMA = APP_SCHEMA.collection!.entry

/** `appcmd add site|app|vdir|apppool`. Returns kind and name of what was added, in the order of the messages. */
export function add(
  call: AppcmdCall,
  stdin: Uint8Array,
  server: SimulatedServer,
): (readonly [string, string])[] {
  const { object, general, parameters } = call
  if (general.has('in')) {
    if (object !== 'APPPOOL' && object !== 'SITE') throw new AppcmdFailure(87, 'badCommand', ['ADD', object])
    return readInput(stdin, object).flatMap((input) => addFromInput(object, input, parameters, server))
  }
  switch (object) {
    case 'APPPOOL':
      return addPool(made(poolSchemaOf(server.state), parameters, server), server)
    case 'SITE':
      return addSite(parameters, server)
    case 'APP':
      return addApp(parameters, server)
    default:
      return addVdir(parameters, server)
  }
}

type Added = (readonly [string, string])[]

/** Unverified on a real server: what is added when the XML was written without `/config`. Here: nothing is. */
function addFromInput(
  object: 'APPPOOL' | 'SITE',
  { name, config }: InputObject,
  parameters: readonly Parameter[],
  server: SimulatedServer,
): Added {
  const schema = object === 'APPPOOL' ? poolSchemaOf(server.state) : SITE_SCHEMA
  if (config?.name !== schema.name) throw new AppcmdFailure(87, 'keyMissing', [schema.name, 'name'])
  const read = inAppcmdWords(() => elementOf(schema, config, server.protect))
  read.attributes['name'] ??= name
  applyAll({ schema, config: read }, parameters, server)
  return object === 'APPPOOL' ? addPool(read, server) : insertSite(read, server)
}

function made(
  schema: ElementSchema,
  parameters: readonly Parameter[],
  server: SimulatedServer,
): ConfigElement {
  const config = element()
  applyAll({ schema, config }, parameters, server)
  return config
}

function addPool(config: ConfigElement, { state }: SimulatedServer): Added {
  insertObject(state.iis.pools, config, poolSchemaOf(state), 'name')
  return [['APPPOOL', config.attributes['name']!]]
}

function addSite(parameters: readonly Parameter[], server: SimulatedServer): Added {
  const folder = valueOf(parameters, 'physicalPath')
  const config = made(SITE_SCHEMA, without(parameters, 'physicalPath'), server)
  if (folder !== undefined) config.items.push(application('/', folder))
  return insertSite(config, server)
}

/** The next id follows the greatest one in use. */
function insertSite(config: ConfigElement, { state }: SimulatedServer): Added {
  const { sites } = state.iis
  const ids = sites.map(({ attributes }) => Number(attributes['id']))
  const id = (config.attributes['id'] ??= String(Math.max(0, ...ids) + 1))
  if (ids.includes(Number(id))) throw new AppcmdFailure(183, 'duplicate', [id])
  insertObject(sites, config, SITE_SCHEMA, 'name')
  const name = config.attributes['name']!
  return [
    ['SITE', name],
    ...config.items.flatMap((app): Added => {
      const appName = `${name}${app.attributes['path']}`
      return [['APP', appName], ...app.items.map((): [string, string] => ['VDIR', appName])]
    }),
  ]
}

function addApp(parameters: readonly Parameter[], server: SimulatedServer): Added {
  const { place, name } = objectNamed('SITE', required(parameters, 'APP', 'site.name'), server)
  const folder = valueOf(parameters, 'physicalPath')
  const config = made(APP_SCHEMA, without(parameters, 'site.name', 'physicalPath'), server)
  if (folder !== undefined) config.items.push(virtualDirectory('/', folder))
  insertObject(place!.config.items, config, APP_SCHEMA, 'path')
  const app = `${name}${config.attributes['path']}`
  return folder === undefined
    ? [['APP', app]]
    : [
        ['APP', app],
        ['VDIR', `${app}/`],
      ]
}

function addVdir(parameters: readonly Parameter[], server: SimulatedServer): Added {
  const { place, name } = objectNamed('APP', required(parameters, 'VDIR', 'app.name'), server)
  const config = made(VDIR_SCHEMA, without(parameters, 'app.name'), server)
  insertObject(place!.config.items, config, VDIR_SCHEMA, 'path')
  return [['VDIR', `${name.replace(/\/$/, '')}${config.attributes['path']}`]]
}

function application(path: string, folder: string): ConfigElement {
  return { ...element({ path }), items: [virtualDirectory('/', folder)] }
}

function virtualDirectory(path: string, folder: string): ConfigElement {
  return element({ path, physicalPath: folder })
}

function required(parameters: readonly Parameter[], object: string, name: string): string {
  const value = valueOf(parameters, name)
  if (value === undefined) throw new AppcmdFailure(87, 'keyMissing', [object, name])
  return value
}

function valueOf(parameters: readonly Parameter[], name: string): string | undefined {
  return parameters.find((parameter) => sameName(parameter.name, name))?.value
}

function without(parameters: readonly Parameter[], ...names: readonly string[]): readonly Parameter[] {
  return parameters.filter((parameter) => !names.some((name) => sameName(parameter.name, name)))
}
