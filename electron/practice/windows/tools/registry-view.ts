import type { ServerState } from '../state.ts'
import type { SimulatedServer } from '../tool.ts'

/** A value of the registry with its type. */
export interface RegistryValue {
  readonly type: 'REG_SZ' | 'REG_DWORD' | 'REG_BINARY' | 'REG_MULTI_SZ'
  /** As `reg query` prints it. */
  readonly data: string
}

export type RegistryView = Readonly<Record<string, Readonly<Record<string, RegistryValue>>>>

const machine = 'HKEY_LOCAL_MACHINE\\'
const software = `${machine}SOFTWARE\\Microsoft\\`
const control = `${machine}SYSTEM\\CurrentControlSet\\Control\\`

/** The keys that follow from the rest of the state, and those that the state holds itself, by full name. */
export function registryOf(server: SimulatedServer): RegistryView {
  const { state } = server
  const computed: Record<string, Record<string, RegistryValue>> = {
    ...systemKeys(state),
    ...iisKeys(server),
    ...pendingKeys(state.system.pendingRestart),
    ...bindingKeys(state),
  }
  for (const [key, values] of Object.entries(state.registry)) {
    const own = Object.entries(values).map(([name, value]) => [name, plain(value)] as const)
    const name = key.replace(/^HKLM\\/i, machine).replace(/^HKCU\\/i, 'HKEY_CURRENT_USER\\')
    computed[name] = { ...computed[name], ...Object.fromEntries(own) }
  }
  return computed
}

function systemKeys({ system }: ServerState): Record<string, Record<string, RegistryValue>> {
  return {
    [`${software}Windows NT\\CurrentVersion`]: {
      ProductName: text(system.product),
      EditionID: text(system.edition),
      InstallationType: text(system.server ? 'Server' : 'Client'),
      CurrentBuild: text(String(system.build)),
      CurrentBuildNumber: text(String(system.build)),
      CurrentMajorVersionNumber: number(10),
      CurrentMinorVersionNumber: number(0),
      UBR: number(system.revision),
    },
    [`${software}Windows\\CurrentVersion\\Policies\\System`]: {
      ConsentPromptBehaviorAdmin: number(5),
      ConsentPromptBehaviorUser: number(3),
      EnableLUA: number(1),
    },
    [`${control}Nls\\CodePage`]: {
      ACP: text(system.oemPage === 866 ? '1251' : '1252'),
      OEMCP: text(String(system.oemPage)),
    },
    [`${control}Session Manager`]: { ProtectionMode: number(1) },
    [`${control}Session Manager\\Environment`]: { PROCESSOR_ARCHITECTURE: text('AMD64') },
  }
}

/** Values below InetStp\Components whose names are not those of DISM without `IIS-`. */
const componentNames: Readonly<Record<string, string>> = {
  'IIS-WebServerRole': 'W3SVC',
  'IIS-WebServer': 'CoreWebEngine',
  'IIS-DirectoryBrowsing': 'DirectoryBrowse',
}

/** Features that only hold others together. */
const groups = [
  'IIS-CommonHttpFeatures',
  'IIS-HealthAndDiagnostics',
  'IIS-Security',
  'IIS-Performance',
  'IIS-ApplicationDevelopment',
  'IIS-WebServerManagementTools',
]

function iisKeys({ state, windows }: SimulatedServer): Record<string, Record<string, RegistryValue>> {
  const keys: Record<string, Record<string, RegistryValue>> = {}
  const enabled = Object.keys(state.features).filter(
    (name) => name.startsWith('IIS-') && state.features[name] === 'Enabled',
  )
  if (enabled.length > 0) {
    keys[`${software}InetStp`] = {
      InstallPath: text(`${windows.windows}\\system32\\inetsrv`),
      MajorVersion: number(10),
      MinorVersion: number(0),
      VersionString: text('Version 10.0'),
    }
    keys[`${software}InetStp\\Components`] = Object.fromEntries(
      enabled
        .filter((name) => !groups.includes(name))
        .map((name) => [componentNames[name] ?? name.slice('IIS-'.length), number(1)]),
    )
  }
  if (state.module)
    keys[`${software}IIS Extensions\\IIS AspNetCore Module V2`] = {
      Install: number(1),
      Version: text(state.module.version),
    }
  return keys
}

/** Each reason has its own place (learn.microsoft.com “Pending reboot” notes of Configuration Manager). */
function pendingKeys(reasons: readonly string[]): Record<string, Record<string, RegistryValue>> {
  const keys: Record<string, Record<string, RegistryValue>> = {}
  for (const reason of reasons) {
    if (/update/i.test(reason))
      keys[`${software}Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired`] = {}
    else if (/rename|file/i.test(reason))
      keys[`${control}Session Manager`] = {
        PendingFileRenameOperations: { type: 'REG_MULTI_SZ', data: '\\??\\C:\\Windows\\Temp\\old.dll\\0\\0' },
      }
    else keys[`${software}Windows\\CurrentVersion\\Component Based Servicing\\RebootPending`] = {}
  }
  return keys
}

/** HTTP.sys keeps its certificates here; undocumented. Unverified on a real server: how keys of names are called. */
function bindingKeys({ sslBindings }: ServerState): Record<string, Record<string, RegistryValue>> {
  const parameters = `${machine}SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\`
  return Object.fromEntries(
    sslBindings.map(({ endpoint, kind, hash, appId, store }) => [
      `${parameters}${kind === 'ip' ? 'SslBindingInfo' : 'SslSniBindingInfo'}\\${endpoint}`,
      {
        AppId: { type: 'REG_BINARY', data: guidBytes(appId) },
        SslCertHash: { type: 'REG_BINARY', data: hash.toUpperCase() },
        ...(store === null ? {} : { SslCertStoreName: text(store) }),
        DefaultFlags: number(0),
        DefaultSslCertCheckMode: number(0),
        DefaultSslRevocationFreshnessTime: number(0),
        DefaultSslRevocationUrlRetrievalTimeout: number(0),
      },
    ]),
  )
}

/** The first three groups of a GUID are little-endian numbers. */
function guidBytes(guid: string): string {
  const [one = '', two = '', three = '', ...rest] = guid.replace(/[{}]/g, '').split('-')
  const reversed = (hex: string) => Buffer.from(hex, 'hex').reverse().toString('hex')
  return [reversed(one), reversed(two), reversed(three), ...rest].join('').toUpperCase()
}

function plain(value: string | number): RegistryValue {
  return typeof value === 'number' ? number(value) : text(value)
}

function text(data: string): RegistryValue {
  return { type: 'REG_SZ', data }
}

function number(value: number): RegistryValue {
  return { type: 'REG_DWORD', data: `0x${value.toString(16)}` }
}
