import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { element } from '../configuration/element.ts'
import type { ServerState } from '../state.ts'
import type { SimulatedServer } from '../tool.ts'
import { childrenOf } from './feature-tree.ts'

/**
 * Enables or disables features with what that brings or takes: services, the default pool and site, appcmd's file.
 * While a restart is pending the change waits for it.
 */
export async function applyFeatures(
  server: SimulatedServer,
  names: readonly string[],
  enable: boolean,
): Promise<void> {
  const { state } = server
  const pending = state.system.pendingRestart.length > 0
  const all = enable ? names : names.flatMap((name) => [...childrenOf(name), name])
  for (const name of all) {
    const before = state.features[name]
    if (before === undefined || before === (enable ? 'Enabled' : 'Disabled')) continue
    if (pending) state.features[name] = enable ? 'Enable Pending' : 'Disable Pending'
    else state.features[name] = enable ? 'Enabled' : 'Disabled'
  }
  if (state.features['IIS-WebServer'] === 'Enabled') await addIis(server)
  if (state.features['IIS-WebServer'] === 'Disabled') await removeIis(server)
}

/** Whether the hosting bundle finds an IIS to put its module into: the parts that its installer asks for. */
export function hasIis({ features }: ServerState): boolean {
  return features['IIS-WebServerRole'] === 'Enabled' && features['IIS-WebServer'] === 'Enabled'
}

async function addIis(server: SimulatedServer): Promise<void> {
  const { state, windows } = server
  const folder = join(windows.windows, 'System32', 'inetsrv')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'appcmd.exe'), '')
  state.services['WAS'] ??= {
    status: 'running',
    displayName: 'Windows Process Activation Service',
    needs: [],
    pid: 1_604,
  }
  state.services['W3SVC'] ??= {
    status: 'running',
    displayName: 'World Wide Web Publishing Service',
    needs: ['WAS'],
    pid: 1_604,
  }
  if (state.iis.pools.length > 0) return
  state.iis.pools.push(element({ name: 'DefaultAppPool' }))
  state.iis.poolStates['DefaultAppPool'] = 'Started'
  state.iis.sites.push(defaultSite())
  state.iis.siteStates['Default Web Site'] = 'Started'
  state.iis.foreignSites.push('Default Web Site')
}

function defaultSite() {
  const directory = element({ path: '/', physicalPath: '%SystemDrive%\\inetpub\\wwwroot' })
  const bindings = element()
  bindings.items.push(element({ protocol: 'http', bindingInformation: '*:80:' }))
  return {
    ...element({ name: 'Default Web Site', id: '1' }),
    elements: { bindings },
    items: [{ ...element({ path: '/' }), items: [directory] }],
  }
}

/**
 * What was configured goes too: the simulation is stricter here than Windows, which leaves the files behind. The
 * hosting bundle's files stay, and a new IIS does not know the module until the bundle is repaired.
 */
async function removeIis({ state, windows }: SimulatedServer): Promise<void> {
  await rm(join(windows.windows, 'System32', 'inetsrv', 'appcmd.exe'), { force: true })
  if (state.module) state.module.registered = false
  state.iis.modules = []
  delete state.services['W3SVC']
  delete state.services['WAS']
  state.iis.pools = []
  state.iis.sites = []
  state.iis.poolStates = {}
  state.iis.siteStates = {}
  state.iis.foreignSites = []
}
