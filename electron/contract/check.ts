/** One look at one thing, before (prerequisite) or after (proof) the setup. */
export interface CheckReport {
  /** Stable id, such as `docker.engine` or `proof.token`. */
  readonly id: string
  readonly title: string
  readonly status: CheckStatus
  /** Why this is looked at, in one sentence. */
  readonly why: string
  /** What was found, in one sentence. */
  readonly summary: string
  readonly ms: number
  readonly evidence: readonly Evidence[]
  readonly cause?: string
  readonly remedy?: Remedy
  /** What this program can do about it by itself. */
  readonly fix?: Fix
}

/** A remedy behind a button: a task of `tasks.ts`, carried out as a run of its own. */
export interface Fix {
  readonly task: 'enable-iis-features' | 'install-hosting-bundle'
  /** Label of the button, such as `Enable IIS features`. */
  readonly label: string
  /** The command line that it runs. */
  readonly command: string
  readonly elevation: boolean
  /** What it will disturb, such as `Stops every website of this server for a moment.` */
  readonly disturbs?: string
  /** The installer has to choose a file first. */
  readonly needsFile: boolean
}

export type CheckStatus = 'passed' | 'warning' | 'failed' | 'not-applicable' | 'not-tried'

export interface Evidence {
  readonly label: string
  /** Shown in a monospace face; may hold several lines. */
  readonly value: string
}

export interface Remedy {
  /** Starts with a verb. */
  readonly text: string
  /** A command line to copy. */
  readonly command?: string
  /** SQL to copy, for the database's owner. */
  readonly sql?: string
}

/** A connection is tested in layers, always in this order; after a failed one the rest is `not-tried`. */
export type DatabaseLayerId = 'name' | 'tcp' | 'tls' | 'login' | 'server' | 'rights' | 'schema'

export interface DatabaseLayer {
  readonly id: DatabaseLayerId
  readonly state: CheckStatus | 'running'
  readonly summary: string
  readonly ms: number
  /** What was read on the way, such as version, encoding and free connections. */
  readonly facts?: readonly Evidence[]
  /** The driver's own words. */
  readonly driverMessage?: string
  readonly cause?: string
  readonly remedy?: Remedy
}
