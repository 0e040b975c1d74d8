import type { CertificateLook } from './certificate.ts'
import type { CreatioCandidate } from './database.ts'
import type { Problem } from './problem.ts'

/** What the door can do that a page has to know. */
export interface HostView {
  readonly host: 'desktop' | 'browser'
  readonly version: string
  readonly platform: string
  /** Native open and save dialogs; without them paths are typed and files come as downloads. */
  readonly dialogs: boolean
  readonly pdf: boolean
}

export interface MachineView {
  readonly server: string
  readonly system: string
  readonly user: string
  readonly runtimes: readonly string[]
  readonly docker: DockerView
  /** Absent where this is no Windows. */
  readonly windows?: WindowsView
  readonly installations: readonly InstallationView[]
  readonly interrupted: readonly InterruptedView[]
  readonly tookMs: number
}

export interface DockerView {
  readonly usable: boolean
  /** Such as `28.2.2`, when a client was found. */
  readonly version?: string
  readonly summary: string
  readonly problem?: Problem
}

export interface WindowsView {
  /** Such as `Windows Server 2022 Standard (build 20348.2113)`. */
  readonly system: string
  /** This process has administrator rights already. */
  readonly elevated: boolean
  readonly iis: {
    readonly usable: boolean
    /** Such as `10.0`. */
    readonly version?: string
    /** One sentence: what is there, or what is missing. */
    readonly summary: string
  }
  readonly pendingRestart: boolean
}

export interface SiteView {
  readonly name: string
  readonly state: 'Started' | 'Stopped' | 'Unknown'
  /** As IIS writes them, such as `http/*:8090:`. */
  readonly bindings: readonly string[]
  readonly pool: string
  readonly folder: string
  readonly whose: 'ours' | 'creatio' | 'foreign'
}

export interface PoolView {
  readonly name: string
  readonly state: 'Started' | 'Stopped' | 'Unknown'
  /** Sites whose applications use it. */
  readonly sites: readonly string[]
  readonly whose: 'ours' | 'creatio' | 'foreign'
}

/** A certificate of the machine's store, as one for HTTPS. */
export interface StoreCertificateView {
  /** Upper-case hex. */
  readonly thumbprint: string
  readonly subject: string
  readonly issuer: string
  readonly friendlyName?: string
  readonly notAfter: string
  readonly daysLeft: number
  /** DNS names it holds for. */
  readonly names: readonly string[]
  readonly selfSigned: boolean
  readonly usable: boolean
  /** Why it cannot be used, in one sentence. */
  readonly why?: string
}

/** What the Website page offers. */
export interface WebsiteView {
  /** Empty, with `unknown`, while nobody with administrator rights has looked. */
  readonly sites: readonly SiteView[]
  readonly pools: readonly PoolView[]
  readonly unknown?: Problem
  readonly certificates: readonly StoreCertificateView[]
  readonly suggestion: {
    readonly site: string
    readonly pool: string
    readonly httpPort: number
    readonly httpsPort: number
    /** This server's full name, where it has one. */
    readonly hostName?: string
  }
}

/** What is to be said about the answers of the Website page. */
export interface WebsiteNotes {
  readonly notes: readonly FieldNote[]
  /** With Windows login: whom SQL Server will see, and the SQL that lets him in. */
  readonly login?: { readonly name: string; readonly why: string; readonly sql: string }
  /** Foreign things in the way, each to be confirmed by adding it to `website.takeOver`. */
  readonly takeOver: readonly { readonly id: string; readonly text: string }[]
}

/** An installer of the ASP.NET Core Hosting Bundle, looked at before it is run. */
export interface BundleView {
  readonly file: string
  readonly product: string
  readonly version: string
  readonly signer?: string
  readonly trusted: boolean
  /** Why it is not to be run, in one sentence; absent when it may be. */
  readonly refused?: string
}

export interface InstallationView {
  readonly id: string
  readonly name: string
  readonly hosting: 'iis' | 'docker'
  readonly practice: boolean
  readonly publicUrl: string
  readonly target: string
  readonly installedAt: string
  /** The service writes its standard output to files, which costs performance. */
  readonly stdoutLog?: boolean
  /** End of the signing certificate, ISO 8601. */
  readonly certificateEnds?: string
  readonly certificateDaysLeft?: number
}

/** A service whose certificate is to be replaced: what is there, and what has to be restarted. */
export interface ReplacementView {
  readonly target: string
  /** Such as `IDServiceWebsite` or the name of its container. */
  readonly name: string
  readonly hosting: 'iis' | 'docker'
  readonly publicUrl: string
  /** Whether this program installed it, or found it by its settings. */
  readonly recorded: boolean
  /** Where the PFX lies on this machine. */
  readonly pfx: string
  /** The image holds the file: it is built anew, and the container started from it. */
  readonly inImage: boolean
  /** Missing, with `unknown`, where neither the file nor the running service could be read. */
  readonly current?: CertificateLook
  readonly unknown?: Problem
  /** What may be Creatio here, the likeliest first. */
  readonly creatio: readonly {
    readonly kind: 'pool' | 'container'
    readonly name: string
    /** One sentence: why it is thought to be Creatio. */
    readonly why: string
  }[]
  /** How long tokens that are out now hold, in seconds. */
  readonly tokenSeconds: number
  readonly hour: {
    /** Whether now is outside working hours. */
    readonly quiet: boolean
    /** The next quiet hour, ISO 8601; now when it is quiet. */
    readonly at: string
  }
}

export interface InterruptedView {
  readonly id: string
  readonly scenario: 'new-installation' | 'replace-certificate' | 'change-client' | 'task'
  readonly title: string
  readonly practice: boolean
  readonly startedAt: string
  readonly doneSteps: number
  readonly allSteps: number
  readonly lastStep: string
}

export interface ServiceView {
  readonly source: string
  readonly kind: 'archive' | 'folder'
  readonly files: number
  /** Unpacked size in bytes. */
  readonly bytes: number
  /** Such as `.NET 8.0 (Microsoft.AspNetCore.App 8.0.10)`. */
  readonly runtime?: string
  readonly dockerfile: boolean
  readonly warnings: readonly Problem[]
  readonly suggestedTarget: string
}

export interface TargetView {
  readonly state: 'absent' | 'empty' | 'same' | 'differs' | 'foreign'
  readonly evidence: readonly string[]
  readonly freeBytes: number
  readonly problem?: Problem
}

/** Creatio's folder: its database entries, and the archive of the service where it lies there. */
export interface CreatioView {
  readonly folder: string
  readonly file: string
  /** Database entries in the order of the file; the first to choose is the one in use. */
  readonly candidates: readonly CreatioCandidate[]
  /** `IdentityService.zip` in Creatio's folder. */
  readonly archive?: string
  /** Why none of the entries can be used as it is. */
  readonly problem?: Problem
}

/** What is to be said beside a field. `warning` can be accepted by "use anyway", `error` cannot. */
export interface FieldNote {
  /** Its path in the answers, such as `container.httpPort`. */
  readonly field: string
  readonly level: 'error' | 'warning' | 'info'
  readonly text: string
  /** A value that would help, to be put into the field by one click. */
  readonly suggestion?: string
}

export interface CertificateView {
  readonly subject: string
  /** ISO 8601. */
  readonly notAfter: string
  readonly notes: readonly FieldNote[]
}

/** A file handed to the installer: already saved (desktop), or content for the browser to download. */
export type SavedView =
  | { readonly kind: 'saved'; readonly path: string; readonly bytes: number }
  | { readonly kind: 'download'; readonly name: string; readonly mime: string; readonly base64: string }
  | { readonly kind: 'cancelled' }

/** The three system settings of Creatio and where they come from. */
export interface HandOverView {
  readonly identityServiceUrl: string
  readonly clientId: string
  /** Reference to the client secret, for reveal and copy; missing where the scenario leaves the client alone. */
  readonly clientSecret?: string
  readonly installation: InstallationView
  readonly report: { readonly seconds: number; readonly writtenFiles: number; readonly backups: number }
}
