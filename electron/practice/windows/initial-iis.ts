import { type ConfigElement, element } from './configuration/element.ts'
import type { IisState } from './state.ts'

const NATIVE = [
  'HttpCacheModule',
  'StaticCompressionModule',
  'DefaultDocumentModule',
  'ProtocolSupportModule',
  'HttpRedirectionModule',
  'StaticFileModule',
  'AnonymousAuthenticationModule',
  'RequestFilteringModule',
  'CustomErrorModule',
  'HttpLoggingModule',
]

/** An IIS on which somebody else already runs Creatio, and has stopped the site that came with Windows. */
export function initialIis(creatioFolder = 'C:\\inetpub\\wwwroot\\Creatio'): IisState {
  return {
    pools: [element({ name: 'DefaultAppPool' }), element({ name: 'Creatio' })],
    sites: [
      siteOf('Default Web Site', 1, undefined, '%SystemDrive%\\inetpub\\wwwroot'),
      siteOf('Creatio', 2, 'Creatio', creatioFolder),
    ],
    poolStates: { DefaultAppPool: 'Started', Creatio: 'Started' },
    siteStates: { 'Default Web Site': 'Stopped', Creatio: 'Started' },
    modules: NATIVE.map((name) => ({ name, type: '', preCondition: '', native: true })),
    locations: {},
    backups: {},
    foreignSites: ['Default Web Site', 'Creatio'],
  }
}

/** A site on port 80 with one application. */
function siteOf(name: string, id: number, pool: string | undefined, folder: string): ConfigElement {
  const binding = element({ protocol: 'http', bindingInformation: '*:80:' })
  const site = element({ name, id: String(id) })
  // The one that was stopped for good: IIS does not start it with the server.
  if (name === 'Default Web Site') site.attributes['serverAutoStart'] = 'false'
  const root = element({ path: '/', ...(pool === undefined ? {} : { applicationPool: pool }) })
  root.items.push(element({ path: '/', physicalPath: folder }))
  return {
    ...site,
    elements: { bindings: { ...element(), items: [binding] } },
    items: [root],
  }
}
