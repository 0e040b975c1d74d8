import { addEntry, insert, type Place, removeEntry, setAttribute } from '../../configuration/edit.ts'
import { type ConfigElement, element } from '../../configuration/element.ts'
import type { ElementSchema } from '../../configuration/schema.ts'
import type { SimulatedServer } from '../../tool.ts'
import { parseEndpoint } from '../../websites.ts'
import type { Parameter } from './arguments.ts'
import { AppcmdFailure, inAppcmdWords } from './failure.ts'

/** Windows Server 2019, from which on `sslFlags` may be greater than 4. */
const MORE_SSL_FLAGS_BUILD = 17763

/** Carries out `/path:value`, `/+path.[…]` and `/-path.[…]` on one object, in their order. */
export function applyAll(place: Place, parameters: readonly Parameter[], server: SimulatedServer): void {
  for (const parameter of parameters) inAppcmdWords(() => apply(place, parameter, server))
  checkSslFlags(place.config, server)
}

function apply(place: Place, { sign, name, path, value }: Parameter, server: SimulatedServer): void {
  if (sign === '+') addEntry(place, path, server.protect)
  else if (sign === '-') removeEntry(place, path)
  else if (value === undefined) throw new AppcmdFailure(87, 'unknownAttribute', [name])
  else if (place.schema.name === 'site' && name.toLowerCase() === 'bindings')
    setBindings(place, value, server)
  else setAttribute(place, path, value, server.protect)
}

/** `/bindings:http/*:80:,https/*:443:name`; see `UnverifiedBehaviour.bindingsReplaced`. */
function setBindings({ schema, config }: Place, text: string, { state }: SimulatedServer): void {
  const bindings = schema.elements.find(({ name }) => name === 'bindings')!
  const old = config.elements['bindings']?.items ?? []
  const made = { ...element(), items: state.unverified.bindingsReplaced ? [] : [...old] }
  for (const each of text === '' ? [] : text.split(',')) {
    const [protocol, information] = /^([^/]+)\/(.+)$/.exec(each)?.slice(1) ?? []
    const web = protocol === 'http' || protocol === 'https'
    if (protocol === undefined || information === undefined || (web && !parseEndpoint(information)))
      throw new AppcmdFailure(87, 'badValue', ['bindings'])
    const { entry, keys } = bindings.collection!
    insert(
      { schema: bindings, config: made },
      element({ protocol, bindingInformation: information }),
      entry,
      keys,
    )
  }
  config.elements['bindings'] = made
}

function checkSslFlags({ elements }: ConfigElement, { state }: SimulatedServer): void {
  if (state.system.build >= MORE_SSL_FLAGS_BUILD) return
  for (const { attributes } of elements['bindings']?.items ?? [])
    if (Number(attributes['sslFlags'] ?? 0) > 4) throw new AppcmdFailure(87, 'badValue', ['sslFlags'])
}

/** Puts a new object into its list, refusing a second one of the same key. */
export function insertObject(
  list: ConfigElement[],
  made: ConfigElement,
  schema: ElementSchema,
  key: string,
): void {
  const collection = { schema, config: { ...element(), items: list } }
  inAppcmdWords(() => insert(collection, made, schema, [key]))
}
