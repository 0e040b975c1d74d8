import { type ConfigElement, lookUp } from '../../configuration/element.ts'
import { elementOf } from '../../configuration/xml.ts'
import type { SimulatedServer } from '../../tool.ts'
import type { AppcmdCall } from './arguments.ts'
import { applyAll } from './change.ts'
import { inAppcmdWords } from './failure.ts'
import { readInput } from './input.ts'
import { objectNamed, type Row } from './objects.ts'

/** The objects a call is about: the one it names, or those on standard input. */
export function targets(call: AppcmdCall, stdin: Uint8Array, server: SimulatedServer): readonly Row[] {
  if (!call.general.has('in')) return [objectNamed(call.object, call.identifier, server)]
  const named = readInput(stdin, call.object)
  return named.map(({ name }) => objectNamed(call.object, name, server))
}

/** `appcmd set site|app|vdir|apppool`. Returns the names of what was changed. */
export function set(call: AppcmdCall, stdin: Uint8Array, server: SimulatedServer): readonly string[] {
  const rows = targets(call, stdin, server)
  if (call.general.has('in') && server.state.unverified.setReadsConfiguration)
    for (const [index, { config }] of readInput(stdin, call.object).entries()) {
      const { schema, config: old } = rows[index]!.place!
      if (config)
        Object.assign(
          old,
          inAppcmdWords(() => elementOf(schema, config, server.protect)),
        )
    }
  for (const { place, name, tag } of rows) {
    applyAll(place!, call.parameters, server)
    const renamed = place!.config.attributes['name']
    if (renamed !== undefined && renamed !== name) moveState(tag, name, renamed, server)
  }
  return rows.map(({ name }) => name)
}

/** `appcmd delete site|app|vdir|apppool`. A pool may go while applications still name it. */
export function remove(call: AppcmdCall, stdin: Uint8Array, server: SimulatedServer): readonly string[] {
  const rows = targets(call, stdin, server)
  for (const { place, tag, name } of rows) {
    takeOut(server.state.iis[tag === 'APPPOOL' ? 'pools' : 'sites'], place!.config)
    const { iis, unverified } = server.state
    const location = lookUp(iis.locations, name)
    if (tag === 'SITE' && location && !unverified.locationsOutliveSites) delete iis.locations[location[0]]
  }
  return rows.map(({ name }) => name)
}

/** Removes an element wherever it stands below a list. */
function takeOut(list: ConfigElement[], wanted: ConfigElement): void {
  const at = list.indexOf(wanted)
  if (at >= 0) list.splice(at, 1)
  else for (const each of list) takeOut(each.items, wanted)
}

function moveState(tag: string, from: string, to: string, { state }: SimulatedServer): void {
  const states = tag === 'APPPOOL' ? state.iis.poolStates : state.iis.siteStates
  const old = lookUp(states, from)
  if (old === undefined) return
  delete states[old[0]]
  states[to] = old[1]
}
