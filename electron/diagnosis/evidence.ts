/** What is known about a service that does not do its work. Logs must already be redacted. */
export interface FailureEvidence {
  /** What it wrote since its start, both streams. */
  readonly log?: string
  /** What it wrote while a token was asked for. */
  readonly tokenLog?: string
  readonly exitCode?: number
  /** HTTP status of its answer. */
  readonly status?: number
  /** What IIS and Windows say, for a service under IIS. */
  readonly iis?: IisEvidence
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

/** Each part is left out when it could not be found out. */
export interface IisEvidence {
  /** 30 of `500.30`, from the page. */
  readonly subStatus?: number
  /** The error code on IIS's own page, lower case, such as `0x8007000d`. */
  readonly hresult?: string
  /** “Config Error” on IIS's own page, in the language of Windows. */
  readonly configError?: string
  /** Whether HTTP.sys refused the request because no site has its host name. */
  readonly unknownHost?: boolean
  /** Records of the event log since the start, oldest first. */
  readonly events?: readonly EventEvidence[]
  readonly pool?: PoolEvidence
  readonly site?: RunState
  /** ASP.NET Core module V2. */
  readonly module?: 'ready' | 'missing' | 'before-iis' | 'broken'
}

export interface EventEvidence {
  readonly provider: string
  readonly id: number
  /** Its values, one to a line. */
  readonly text: string
}

export interface PoolEvidence {
  readonly state?: RunState
  readonly loadUserProfile?: boolean
  readonly enable32Bit?: boolean
  /** Whether its account has the right to log on as a batch job. */
  readonly batchLogon?: 'granted' | 'denied' | 'unknown'
}

type RunState = 'Started' | 'Stopped' | 'Unknown'
