import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { realMachine } from '../../../electron/machine/real.ts'
import { type ConfigElement, element } from '../../../electron/practice/windows/configuration/element.ts'
import { initialState } from '../../../electron/practice/windows/initial-state.ts'
import type { Language, ServerState } from '../../../electron/practice/windows/state.ts'
import type { SimulatedServer, SimulatedTool } from '../../../electron/practice/windows/tool.ts'

/** A simulated server in a temporary folder; its changes stay in memory. */
export interface ServerUnderTest extends SimulatedServer {
  readonly folder: string
  readonly clean: () => Promise<void>
}

export async function serverUnderTest(
  language: Language = 'en',
  change: (state: ServerState) => void = () => {},
): Promise<ServerUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'simulated-windows-'))
  const windows = {
    windows: join(folder, 'Windows'),
    programFiles: join(folder, 'Program Files'),
    programFilesX86: join(folder, 'Program Files (x86)'),
  }
  await mkdir(windows.windows)
  const state = initial(language)
  change(state)
  return {
    state,
    folder,
    windows,
    real: realMachine(),
    protect: (text) => Buffer.from(text).toString('base64'),
    reveal: (text) => Buffer.from(text, 'base64').toString(),
    clean: () => rm(folder, { recursive: true }),
  }
}

/** Runs a tool; `bytes` are what it wrote to standard output, the texts are those bytes read in the console's page. */
export async function run(tool: SimulatedTool, server: SimulatedServer, args: readonly string[], stdin = '') {
  const { code, stdout, stderr } = await tool({ program: 'x.exe', args, stdin: Buffer.from(stdin) }, server)
  const page = `cp${server.state.system.oemPage}`
  const read = (bytes: Uint8Array) => iconv.decode(Buffer.from(bytes), page)
  return { code, out: read(stdout), err: read(stderr), bytes: Buffer.from(stdout) }
}

export function site(name: string, pool: string, ...bindings: string[]): ConfigElement {
  const all = element()
  all.items.push(
    ...bindings.map((binding) => {
      const [protocol = '', bindingInformation = ''] = binding.split('/')
      return element({ protocol, bindingInformation })
    }),
  )
  const root = element({ path: '/', applicationPool: pool })
  root.items.push(element({ path: '/', physicalPath: 'C:\\inetpub' }))
  return { ...element({ name, id: '1' }), elements: { bindings: all }, items: [root] }
}

/** A Windows Server 2022 with IIS on which nobody has made anything yet. */
function initial(language: Language): ServerState {
  const state = initialState({ language, module: 'missing', runtimes: [] })
  state.system = { ...state.system, name: 'SRV1', revision: 2340 }
  state.token = { elevated: true, administrator: true, user: 'srv1\\adm', sid: 'S-1-5-21-1-2-3-1001' }
  state.features = {
    'IIS-WebServerRole': 'Enabled',
    'IIS-WebServer': 'Enabled',
    'IIS-CommonHttpFeatures': 'Enabled',
    'IIS-StaticContent': 'Enabled',
    'IIS-HttpRedirect': 'Disabled',
    'IIS-ApplicationDevelopment': 'Disabled',
    'IIS-WebSockets': 'Disabled',
  }
  state.iis = {
    ...state.iis,
    pools: [],
    sites: [],
    poolStates: {},
    siteStates: {},
    modules: [],
    foreignSites: [],
  }
  state.runtimes = {}
  return state
}
