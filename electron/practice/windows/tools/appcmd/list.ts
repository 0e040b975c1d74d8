import { sameName } from '../../configuration/element.ts'
import { isServing } from '../../websites.ts'
import type { SimulatedServer } from '../../tool.ts'
import type { AppcmdCall } from './arguments.ts'
import { AppcmdFailure } from './failure.ts'
import { rowsOf, valueOf } from './objects.ts'
import { asLines, asValues, asXml, xmlBytes } from './output.ts'

/** `appcmd list`: exit 0 and no output when a filter fits nothing. */
export function list(call: AppcmdCall, server: SimulatedServer): string | Buffer {
  const { object, identifier, parameters, general } = call
  if (object === 'WP' && !isServing(server.state)) throw new AppcmdFailure(50, 'noWas')
  let rows = rowsOf(object, server.state)
  for (const parameter of parameters) {
    const { value } = parameter
    if (value === undefined) throw new AppcmdFailure(87, 'unknownAttribute', [parameter.name])
    rows = rows.filter((row) => sameName(valueOf(row, parameter, server), value))
  }
  if (identifier !== undefined) {
    // An address instead of a name finds the site that serves it; nobody here asks that way.
    rows = rows.filter(({ name }) => sameName(name, identifier))
    if (rows.length === 0) throw new AppcmdFailure(server.state.unverified.missingListed)
  }
  const text = general.get('text')
  if (general.has('xml')) return xmlBytes(asXml(rows, general.get('config'), server), server)
  if (text !== undefined) return asValues(rows, text, server)
  return general.has('config') ? asValues(rows, '*', server) : asLines(rows)
}
