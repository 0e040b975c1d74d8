import { initialIis } from './initial-iis.ts'
import type { PracticeWindowsOptions } from './options.ts'
import type { FeatureState, Language, ServerState, SystemState, TokenState } from './state.ts'

/** First build of each Windows Server, and its name. */
const PRODUCTS: readonly (readonly [number, string])[] = [
  [26100, 'Windows Server 2025 Standard'],
  [20348, 'Windows Server 2022 Standard'],
  [17763, 'Windows Server 2019 Standard'],
  [0, 'Windows Server 2016 Standard'],
]
const OEM_PAGES: Readonly<Record<Language, number>> = { en: 437, de: 850, ru: 866 }
const MACHINE = 'PRACTICE-SRV'
const MACHINE_SID = 'S-1-5-21-1004336348-1177238915-682003330'

const IIS_FEATURES = [
  'IIS-WebServerRole',
  'IIS-WebServer',
  'IIS-CommonHttpFeatures',
  'IIS-StaticContent',
  'IIS-DefaultDocument',
  'IIS-HttpErrors',
  'IIS-HttpRedirect',
  'IIS-HealthAndDiagnostics',
  'IIS-HttpLogging',
  'IIS-Security',
  'IIS-RequestFiltering',
  'IIS-Performance',
  'IIS-HttpCompressionStatic',
  'IIS-WebServerManagementTools',
  'IIS-ManagementScriptingTools',
  'IIS-ManagementConsole',
]
/** Known to this Windows, and not needed. */
const OTHER_FEATURES = [
  'IIS-DirectoryBrowsing',
  'IIS-RequestMonitor',
  'IIS-WindowsAuthentication',
  'IIS-ApplicationDevelopment',
  'IIS-WebSockets',
  'IIS-ApplicationInit',
  'TelnetClient',
]

/** A server as a practice run finds it, unless the options say otherwise: everything a setup needs is there. */
export function initialState(options: PracticeWindowsOptions = {}): ServerState {
  const { iis = true, module = 'ready', runtimes = ['8.0.22'], wasStopped = false } = options
  const state: ServerState = {
    version: 1,
    system: systemOf(options),
    token: tokenOf(options.token ?? 'elevated'),
    features: featuresOf(iis, options.withoutFeatures ?? []),
    services: iis ? servicesOf(wasStopped ? 'stopped' : 'running') : {},
    iis: iis
      ? initialIis(options.creatioFolder)
      : {
          ...initialIis(),
          pools: [],
          sites: [],
          poolStates: {},
          siteStates: {},
          foreignSites: [],
          modules: [],
        },
    module: module === 'missing' ? null : { version: '18.0.25310.22', registered: iis && module === 'ready' },
    runtimes: { 'Microsoft.NETCore.App': [...runtimes], 'Microsoft.AspNetCore.App': [...runtimes] },
    certificates: [],
    sslBindings: [],
    firewall: [],
    registry: {},
    acl: {},
    users: [],
    privileges: {
      SeBatchLogonRight: ['S-1-5-32-544', 'S-1-5-32-551', 'S-1-5-32-559', 'S-1-5-32-568'],
      SeDenyBatchLogonRight: [],
    },
    events: [],
    unverified: {
      missingListed: 1,
      bracketsInQuotes: true,
      setReadsConfiguration: false,
      bindingsReplaced: true,
      editsWithoutWas: true,
      locationsOutliveSites: true,
      xmlEncoding: 'utf-8',
      loadUserProfile: false,
      alreadyThere: { started: 1056, stopped: 1062 },
      ...options.unverified,
    },
    runtime: { recycled: {}, calls: {}, faults: structuredClone([...(options.faults ?? [])]) },
  }
  if (state.module?.registered)
    state.iis.modules.push({ name: 'AspNetCoreModuleV2', type: '', preCondition: 'bitness64', native: true })
  options.adjust?.(state)
  return state
}

function systemOf({ build = 20348, language = 'en' }: PracticeWindowsOptions): SystemState {
  const [, product = ''] = PRODUCTS.find(([first]) => build >= first) ?? []
  return {
    name: MACHINE,
    product,
    edition: 'ServerStandard',
    build,
    revision: 2113,
    server: true,
    language,
    oemPage: OEM_PAGES[language],
    pendingRestart: [],
  }
}

function tokenOf(kind: NonNullable<PracticeWindowsOptions['token']>): TokenState {
  const administrator = kind !== 'user'
  return {
    elevated: kind === 'elevated',
    administrator,
    user: `${MACHINE}\\${administrator ? 'Administrator' : 'guest.user'}`,
    sid: `${MACHINE_SID}-${administrator ? 500 : 1001}`,
  }
}

function featuresOf(iis: boolean, without: readonly string[]): Record<string, FeatureState> {
  const enabled = iis ? IIS_FEATURES.filter((name) => !without.includes(name)) : []
  const all = [...IIS_FEATURES, ...OTHER_FEATURES]
  return Object.fromEntries(
    all.map((name): [string, FeatureState] => [name, enabled.includes(name) ? 'Enabled' : 'Disabled']),
  )
}

function servicesOf(status: 'running' | 'stopped'): ServerState['services'] {
  const pid = status === 'running' ? 1604 : 0
  return {
    WAS: { status, displayName: 'Windows Process Activation Service', needs: [], pid },
    W3SVC: { status, displayName: 'World Wide Web Publishing Service', needs: ['WAS'], pid },
  }
}
