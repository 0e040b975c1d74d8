import type { ConfigElement } from './configuration/element.ts'

/** Languages the simulated Windows speaks; names, numbers and XML stay the same in each. */
export type Language = 'en' | 'de' | 'ru'

export type FeatureState = 'Enabled' | 'Disabled' | 'Enable Pending' | 'Disable Pending'
export type ServiceStatus = 'running' | 'stopped' | 'start-pending' | 'stop-pending'
export type RunState = 'Started' | 'Stopped'

/**
 * Everything the simulated server knows, as one JSON document. All of it but `runtime` and `events` is
 * configuration: what undoing a setup has to bring back byte for byte. Tools change it in place; it is saved when
 * they have answered. Names are compared without regard to case, as Windows does.
 */
export interface ServerState {
  readonly version: 1
  system: SystemState
  token: TokenState
  /** Optional features by their DISM names. */
  features: Record<string, FeatureState>
  /** Services by their short names, such as `W3SVC`. */
  services: Record<string, SimulatedService>
  iis: IisState
  /** ASP.NET Core module V2; `registered` is false when the hosting bundle came before IIS. */
  module: { readonly version: string; registered: boolean } | null
  /** Shared frameworks below `dotnet/shared`, by framework name. */
  runtimes: Record<string, string[]>
  /** LocalMachine\My. */
  certificates: SimulatedCertificate[]
  /** LocalMachine\CA, once something was put there. */
  issuers?: SimulatedIssuer[]
  /** HTTP.sys's table of certificates. */
  sslBindings: SimulatedSslBinding[]
  firewall: SimulatedFirewallRule[]
  /** Values beside those that follow from the rest of the state: full key name → value name → value. */
  registry: Record<string, Record<string, string | number>>
  /** Access lists as SDDL by real path; a path that is missing inherits. */
  acl: Record<string, string>
  users: SimulatedUser[]
  /** Account rights, such as `SeBatchLogonRight` → SIDs. */
  privileges: Record<string, string[]>
  events: SimulatedEvent[]
  readonly unverified: UnverifiedBehaviour
  runtime: RuntimeState
}

/** Behaviour that public sources leave open. Unverified on a real server: each has to be borne both ways. */
export interface UnverifiedBehaviour {
  /** Exit code of `appcmd list` when the object named is missing; the output is empty. */
  readonly missingListed: 1 | 1168
  /** Whether a `]` inside the quotes of a selector (IPv6) is part of the value, or ends the selector. */
  readonly bracketsInQuotes: boolean
  /** Whether `appcmd set … /in` takes over the configuration it reads, or only the names. */
  readonly setReadsConfiguration: boolean
  /** Whether `appcmd set site /bindings:…` replaces all bindings, or adds to them. */
  readonly bindingsReplaced: boolean
  /** Whether objects can be added and deleted while WAS is stopped. */
  readonly editsWithoutWas: boolean
  /** Whether `<location path="S">` is still there after `delete site "S"`. */
  readonly locationsOutliveSites: boolean
  /** In what the XML of appcmd is written to a pipe. */
  readonly xmlEncoding: 'utf-8' | 'oem'
  /** Default of `loadUserProfile`: the schema's is false, the server's defaults may say true. */
  readonly loadUserProfile: boolean
  /** Exit code for starting what is started, and for stopping what is stopped. */
  readonly alreadyThere: { readonly started: number; readonly stopped: number }
}

export interface SystemState {
  readonly name: string
  readonly product: string
  readonly edition: string
  readonly build: number
  readonly revision: number
  readonly server: boolean
  readonly language: Language
  /** Code page in which console tools write, such as 437, 850 or 866. */
  readonly oemPage: number
  /** What AppLocker or App Control makes of PowerShell; left out: nothing. */
  readonly languageMode?: 'ConstrainedLanguage'
  /** Why a restart is pending; empty: it is not. */
  pendingRestart: string[]
}

export interface TokenState {
  readonly elevated: boolean
  readonly administrator: boolean
  readonly user: string
  readonly sid: string
}

interface SimulatedService {
  status: ServiceStatus
  readonly displayName: string
  /** Services that have to run for this one. */
  readonly needs: readonly string[]
  pid: number
}

/** What applicationHost.config holds, and what runs of it. */
export interface IisState {
  /** `<applicationPools>`: elements `add`. */
  pools: ConfigElement[]
  /** `<sites>`: elements `site`. */
  sites: ConfigElement[]
  /** Run state by name. */
  poolStates: Record<string, RunState>
  siteStates: Record<string, RunState>
  /** Global modules: name → type and precondition; native modules have an image instead of a type. */
  modules: SimulatedModule[]
  /** `<location path="…">` → section name → section. The server level has the empty path. */
  locations: Record<string, Record<string, ConfigElement>>
  /** Backups by name. */
  backups: Record<string, { readonly pools: ConfigElement[]; readonly sites: ConfigElement[] }>
  /** Sites of somebody else that are never really served. */
  foreignSites: string[]
}

interface SimulatedModule {
  readonly name: string
  readonly type: string
  readonly preCondition: string
  readonly native: boolean
}

export interface SimulatedCertificate {
  /** SHA-1, upper-case hex. */
  readonly thumbprint: string
  readonly friendlyName: string
  readonly hasPrivateKey: boolean
  /** False when the key exists but cannot be opened. */
  readonly keyUsable: boolean
  readonly pem: string
  readonly chainPem: readonly string[]
  /** PKCS#8 in PEM, protected as {@link SimulatedServer.protect} does it. */
  readonly protectedKey?: string
}

interface SimulatedIssuer {
  /** SHA-1, upper-case hex. */
  readonly thumbprint: string
  readonly pem: string
}

export interface SimulatedSslBinding {
  /** `0.0.0.0:443`, `[::]:443` or `host:443`. */
  readonly endpoint: string
  readonly kind: 'ip' | 'sni'
  /** SHA-1, lower-case hex. */
  hash: string
  appId: string
  /** Null when it was left out, which netsh shows as `(null)`. */
  store: string | null
}

export interface SimulatedFirewallRule {
  readonly name: string
  readonly displayName: string
  readonly direction: 'in' | 'out'
  readonly action: 'allow' | 'block'
  readonly protocol: string
  readonly ports: readonly string[]
  readonly profiles: readonly string[]
  readonly enabled: boolean
}

interface SimulatedUser {
  /** `DOMAIN\name`; a group managed service account ends in `$`. */
  readonly name: string
  readonly sid: string
  readonly kind: 'local' | 'domain' | 'gmsa' | 'group'
  /** SHA-256 of the password in UTF-8, hex; absent where nobody logs on by password. */
  readonly passwordHash?: string
  readonly memberOf: readonly string[]
}

export interface SimulatedEvent {
  readonly log: 'Application' | 'System'
  readonly provider: string
  readonly id: number
  /** 1 critical, 2 error, 3 warning, 4 information. */
  readonly level: number
  /** ISO 8601. */
  readonly at: string
  readonly data: readonly string[]
  readonly record: number
}

/** What a restart would forget, and what tests arm. */
interface RuntimeState {
  /** Pool name → how often it was recycled. */
  recycled: Record<string, number>
  /** Which file stood at a path when its access list was set: one that was renamed to there has none of its own. */
  aclFiles?: Record<string, number>
  /** The hosting bundle changed what IIS loads at its start, and IIS has not been started since. */
  iisRestartNeeded?: true
  /** The next prompt for elevation is refused; used up by it. */
  refuseElevation?: true
  /** Calls answered so far, by tool. */
  calls: Record<string, number>
  faults: ArmedFault[]
}

/** One call that goes wrong; used up by it. */
export interface ArmedFault {
  /** Name of the program without `.exe`, lower case. */
  readonly tool: string
  /** 1 is the next call that matches. */
  at: number
  /** Counts only calls whose arguments, joined by blanks, contain this. */
  readonly matching?: string
  readonly how:
    | {
        readonly kind: 'exit'
        readonly code: number
        readonly stdout?: string
        readonly stderr?: string
        /** The tool does its work first, and only its answer is lost. */
        readonly afterWork?: boolean
      }
    /** Never answers; ends by timeout or signal. */
    | { readonly kind: 'hang' }
    /** Answers rightly after this many milliseconds. */
    | { readonly kind: 'late'; readonly ms: number }
    /** Does its work and writes half of its output, with exit code 0 as if nothing was wrong. */
    | { readonly kind: 'half' }
    /** appcmd only: the first start after `add` answers 4312, as before WAS has picked the object up. */
    | { readonly kind: 'not-picked-up' }
}
