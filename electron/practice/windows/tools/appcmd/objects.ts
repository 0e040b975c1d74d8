import { effective, type Place, valueAt } from '../../configuration/edit.ts'
import { type ConfigElement, lookUp, sameName } from '../../configuration/element.ts'
import { poolsSchema } from '../../configuration/pool-schema.ts'
import type { ElementSchema } from '../../configuration/schema.ts'
import { SITES_SCHEMA } from '../../configuration/site-schema.ts'
import type { RunState, ServerState } from '../../state.ts'
import type { SimulatedServer } from '../../tool.ts'
import { isServing, poolOf } from '../../websites.ts'
import { workersOf } from '../workers.ts'
import type { Parameter } from './arguments.ts'
import { AppcmdFailure } from './failure.ts'

/** An object as `list` shows it. */
export interface Row {
  readonly tag: string
  readonly name: string
  /** Attributes of the XML form, in its order. */
  readonly xml: readonly (readonly [string, string])[]
  /** What the text form has behind the name. */
  readonly text: string
  readonly place?: Place
}

const SITE_SCHEMA = SITES_SCHEMA.collection!.entry
export const APP_SCHEMA = SITE_SCHEMA.collection!.entry
const VDIR_SCHEMA = APP_SCHEMA.collection!.entry

export function poolSchemaOf({ system, unverified }: ServerState): ElementSchema {
  return poolsSchema(system.build, unverified.loadUserProfile).collection!.entry
}

/** All objects of a kind, in the order of the configuration. */
export function rowsOf(object: string, state: ServerState): readonly Row[] {
  switch (object) {
    case 'APPPOOL':
      return state.iis.pools.map((pool) => poolRow(state, pool))
    case 'SITE':
      return state.iis.sites.map((site) => siteRow(state, site))
    case 'APP':
      return state.iis.sites.flatMap((site) => site.items.map((app) => appRow(site, app)))
    case 'VDIR':
      return state.iis.sites.flatMap((site) =>
        site.items.flatMap((app) => app.items.map((vdir) => vdirRow(site, app, vdir))),
      )
    case 'MODULE':
      return moduleRows(state)
    case 'BACKUP':
      return Object.keys(state.iis.backups).map((name) => ({
        tag: 'BACKUP',
        name,
        xml: [['BACKUP.NAME', name]],
        text: '',
      }))
    default:
      return processRows(state)
  }
}

/** @throws AppcmdFailure 1168 for a missing object, 87 without identifier. */
export function objectNamed(object: string, identifier: string | undefined, { state }: SimulatedServer): Row {
  if (identifier === undefined || identifier === '') throw new AppcmdFailure(87, 'noIdentifier', [object])
  const found = rowsOf(object, state).find(({ name }) => sameName(name, identifier))
  if (found === undefined) throw new AppcmdFailure(1168, 'noObject', [object, identifier])
  return found
}

/** The value that a filter or `/text:` names: one of the XML form, or one of the configuration. */
export function valueOf(
  row: Row,
  parameter: Pick<Parameter, 'name' | 'path'>,
  server: SimulatedServer,
): string {
  const short = `${row.tag}.${parameter.name}`
  const [, shown] = row.xml.find(([name]) => sameName(name, parameter.name) || sameName(name, short)) ?? []
  const value = shown ?? (row.place && valueAt(row.place, parameter.path, server.reveal))
  if (value === undefined) throw new AppcmdFailure(87, 'unknownAttribute', [parameter.name])
  return value
}

/** `http/*:80:,https/*:443:name` */
function bindingsText(site: ConfigElement): string {
  return (site.elements['bindings']?.items ?? [])
    .map(({ attributes }) => `${attributes['protocol']}/${attributes['bindingInformation']}`)
    .join(',')
}

/** `Site/` for the root application, `Site/path` for others. */
function appName(site: ConfigElement, app: ConfigElement): string {
  return `${site.attributes['name']}${app.attributes['path']}`
}

/** While the services are stopped, appcmd tells `Unknown` and exits with 0. */
function stateOf(state: ServerState, states: Readonly<Record<string, RunState>>, name: string): string {
  return isServing(state) ? (lookUp(states, name)?.[1] ?? 'Unknown') : 'Unknown'
}

function poolRow(state: ServerState, config: ConfigElement): Row {
  const schema = poolSchemaOf(state)
  const name = config.attributes['name']!
  const get = (attribute: string): string =>
    effective(config, attribute, schema.attributes[attribute]!, (text) => text)
  const [mode, version] = [get('managedPipelineMode'), get('managedRuntimeVersion')]
  const run = stateOf(state, state.iis.poolStates, name)
  return {
    tag: 'APPPOOL',
    name,
    xml: [
      ['APPPOOL.NAME', name],
      ['PipelineMode', mode],
      ['RuntimeVersion', version],
      ['state', run],
    ],
    text: `(MgdVersion:${version},MgdMode:${mode},state:${run})`,
    place: { schema, config },
  }
}

function siteRow(state: ServerState, config: ConfigElement): Row {
  const name = config.attributes['name']!
  const [id, bindings] = [config.attributes['id']!, bindingsText(config)]
  const run = stateOf(state, state.iis.siteStates, name)
  return {
    tag: 'SITE',
    name,
    xml: [
      ['SITE.NAME', name],
      ['SITE.ID', id],
      ['bindings', bindings],
      ['state', run],
    ],
    text: `(id:${id},bindings:${bindings},state:${run})`,
    place: { schema: SITE_SCHEMA, config },
  }
}

function appRow(site: ConfigElement, config: ConfigElement): Row {
  const name = appName(site, config)
  return {
    tag: 'APP',
    name,
    xml: [
      ['path', config.attributes['path']!],
      ['APP.NAME', name],
      ['APPPOOL.NAME', poolOf(config)],
      ['SITE.NAME', site.attributes['name']!],
    ],
    text: `(applicationPool:${poolOf(config)})`,
    place: { schema: APP_SCHEMA, config },
  }
}

function vdirRow(site: ConfigElement, app: ConfigElement, config: ConfigElement): Row {
  const path = config.attributes['path']!
  const name = `${appName(site, app).replace(/\/$/, '')}${path}`
  const folder = config.attributes['physicalPath'] ?? ''
  return {
    tag: 'VDIR',
    name,
    xml: [
      ['VDIR.NAME', name],
      ['APP.NAME', appName(site, app)],
      ['path', path],
      ['physicalPath', folder],
    ],
    text: `(physicalPath:${folder})`,
    place: { schema: VDIR_SCHEMA, config },
  }
}

/** Unverified on a real server: the name's attribute in the XML form, `MODULE.NAME`. */
function moduleRows({ iis }: ServerState): readonly Row[] {
  return iis.modules.map(({ name, type, preCondition, native }) => ({
    tag: 'MODULE',
    name,
    xml: [
      ['MODULE.NAME', name],
      ['type', type],
      ['preCondition', preCondition],
    ],
    text: native
      ? `( native, preCondition:${preCondition} )`
      : `( type:${type}, preCondition:${preCondition} )`,
  }))
}

function processRows(state: ServerState): readonly Row[] {
  return workersOf(state).map(({ pid, pool }) => ({
    tag: 'WP',
    name: String(pid),
    xml: [
      ['WP.NAME', String(pid)],
      ['APPPOOL.NAME', pool],
    ],
    text: `(applicationPool:${pool})`,
  }))
}
