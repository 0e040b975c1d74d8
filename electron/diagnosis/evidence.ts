/**
 * What is known about a service that does not do its work. Logs must already be redacted. What could not be found out
 * is left out.
 */
export interface FailureEvidence extends IisEvidence {
  /** What it wrote since its start, both streams. */
  readonly log?: string
  /** What it wrote while a token was asked for. */
  readonly tokenLog?: string
  readonly exitCode?: number
  /** HTTP status of its answer. */
  readonly status?: number
  /** What the setup knows and a log may leave out. */
  readonly known?: {
    readonly user?: string
    readonly database?: string
    readonly client?: string
    /** Name of the application pool. */
    readonly pool?: string
    readonly site?: string
    /** The service's folder. */
    readonly folder?: string
  }
}

/** What IIS and Windows say; nothing of it for a service elsewhere. */
export interface IisEvidence {
  /** 30 of `500.30`. */
  readonly subStatus?: number
  /** The error code on IIS's own page, lower case, such as `0x8007000d`. */
  readonly hresult?: string
  /** Records of the event log since the start, newest first. */
  readonly events?: readonly EventEvidence[]
  readonly pool?: RunState
  readonly poolSettings?: PoolSettings
  readonly site?: RunState
  /** ASP.NET Core module V2. */
  readonly module?: 'ready' | 'missing' | 'before-iis' | 'broken' | 'unknown'
  /** There is none in the service's folder. */
  readonly webConfig?: 'missing'
}

export interface EventEvidence {
  readonly provider: string
  readonly id: number
  /** Its values, one to a line. */
  readonly text: string
}

export interface PoolSettings {
  readonly loadUserProfile?: boolean
  /** Whether its account has the right to log on as a batch job. */
  readonly batchLogon?: 'granted' | 'denied' | 'unknown'
}

type RunState = 'Started' | 'Starting' | 'Stopped' | 'Stopping' | 'Unknown'
