import { type ConfigElement, element, isEmpty, lookUp, sameName } from '../../configuration/element.ts'
import { type Place, valueAt } from '../../configuration/edit.ts'
import { parsePath } from '../../configuration/path.ts'
import { sectionNamed } from '../../configuration/section-schema.ts'
import { attributesText, elementXml } from '../../configuration/xml.ts'
import type { SimulatedServer } from '../../tool.ts'
import type { AppcmdCall } from './arguments.ts'
import { applyAll } from './change.ts'
import { AppcmdFailure } from './failure.ts'
import { xmlBytes, xmlDocument } from './output.ts'
import { say } from './words.ts'

const APPHOST = 'MACHINE/WEBROOT/APPHOST'
/** HRESULT of “not implemented”, for what the simulation leaves out. */
const NOT_IMPLEMENTED = 0x80004001

/** `appcmd list|set|clear|unlock config [site] /section:S`. */
export function config(call: AppcmdCall, server: SimulatedServer): string | Buffer {
  const { state } = server
  const asked = call.general.get('section') ?? ''
  const section = sectionNamed(asked, state.system.build, state.unverified.loadUserProfile)
  if (section === undefined) {
    // The installer of the hosting bundle unlocks sections that nobody here looks at.
    if (call.verb === 'unlock') return `${say(state.system.language, 'unlocked', asked, APPHOST)}\r\n`
    throw new AppcmdFailure(87, 'unknownSection', [asked])
  }
  const site = locationOf(call.identifier, server)
  switch (call.verb) {
    case 'list':
      return show(call, section.name, place(section, site, server), site, server)
    case 'set':
    case 'clear':
      mustBeForApphost(call, site, section.apphostOnly)
      if (call.verb === 'clear') delete state.iis.locations[site]?.[section.name]
      else applyAll(place(section, site, server), call.parameters, server)
      prune(server, site)
      return `${say(state.system.language, 'applied', section.name, pathOf(site), APPHOST)}\r\n`
    case 'unlock':
      return `${say(state.system.language, 'unlocked', section.name, APPHOST)}\r\n`
    default:
      throw new AppcmdFailure(87, 'badCommand', [call.verb.toUpperCase(), 'CONFIG'])
  }
}

/** The name of the site a call is about, as the site spells it; empty for the server. */
function locationOf(identifier: string | undefined, { state }: SimulatedServer): string {
  const name = (identifier ?? '').replace(/\/$/, '')
  if (name === '' || sameName(name, APPHOST)) return ''
  const site = state.iis.sites.find(({ attributes }) => sameName(attributes['name'], name))
  if (site === undefined) throw new AppcmdFailure(1168, 'noObject', ['SITE', name])
  return site.attributes['name']!
}

/** Without `/commit:apphost` a site's section would go into its web.config, which the simulation does not write. */
function mustBeForApphost({ general }: AppcmdCall, site: string, apphostOnly: boolean): void {
  const commit = general.get('commit')?.toLowerCase() ?? ''
  if (commit === 'apphost' || sameName(commit, APPHOST) || (commit === '' && (site === '' || apphostOnly)))
    return
  throw new AppcmdFailure(NOT_IMPLEMENTED)
}

function place(
  section: NonNullable<ReturnType<typeof sectionNamed>>,
  site: string,
  { state }: SimulatedServer,
): Place {
  const { schema, name } = section
  const { iis } = state
  // The lists themselves, so that entries are added and removed where the objects are.
  if (schema.name === 'applicationPools') return { schema, config: { ...element(), items: iis.pools } }
  if (schema.name === 'sites') return { schema, config: { ...element(), items: iis.sites } }
  const known = lookUp(iis.locations, site)?.[0] ?? site
  const sections: Record<string, ConfigElement> = (iis.locations[known] ??= {})
  return { schema, config: (sections[name] ??= element()) }
}

/** Sections in which nothing is set any more, and locations without sections, leave no trace. */
function prune({ state }: SimulatedServer, site: string): void {
  const { locations } = state.iis
  for (const [name, section] of Object.entries(locations[site] ?? {}))
    if (isEmpty(section)) delete locations[site]![name]
  if (Object.keys(locations[site] ?? {}).length === 0) delete locations[site]
}

function show(
  { general }: AppcmdCall,
  name: string,
  { schema, config: section }: Place,
  site: string,
  server: SimulatedServer,
): string | Buffer {
  const text = general.get('text')
  prune(server, site)
  if (text !== undefined && text !== '*') {
    const path = parsePath(text, server.state.unverified.bracketsInQuotes) ?? []
    const value = valueAt({ schema, config: section }, path, server.reveal)
    if (value === undefined) throw new AppcmdFailure(87, 'unknownAttribute', [text])
    return `${value}\r\n`
  }
  const options = { all: general.get('config') === '*', reveal: server.reveal }
  if (!general.has('xml')) {
    const group = name.slice(0, name.indexOf('/'))
    return `<${group}>\r\n${elementXml(schema, section, { ...options, indent: '  ' })}</${group}>\r\n`
  }
  const inner = elementXml({ ...schema, name: name.replaceAll('/', '-') }, section, {
    ...options,
    indent: '        ',
  })
  const attributes = attributesText([
    ['CONFIG.SECTION', name],
    ['path', pathOf(site)],
    ['overrideMode', 'Inherit'],
    ['locked', 'false'],
  ])
  return xmlBytes(xmlDocument(`    <CONFIG${attributes}>\r\n${inner}    </CONFIG>\r\n`), server)
}

function pathOf(site: string): string {
  return site === '' ? APPHOST : `${APPHOST}/${site}`
}
