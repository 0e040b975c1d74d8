import type { Problem } from './problem.ts'

/** The databases that the Identity Service can use. */
export const providers = ['PostgreSQL', 'MsSqlServer'] as const
export type Provider = (typeof providers)[number]

/** Stands in a connection string that is shown where a secret stands in the real one; edited text may keep it. */
export const HIDDEN_VALUE = '[hidden]'

/** The drivers that a build of the service brings, by its `IdentityService.deps.json`; missing where that was not read. */
export interface DatabaseDrivers {
  /** Such as `8.0.3`. */
  readonly npgsql?: string
  readonly sqlClient?: {
    readonly package: 'Microsoft.Data.SqlClient' | 'System.Data.SqlClient'
    readonly version: string
  }
}

/** What is to be said about a connection string, before anything is connected. */
export interface ConnectionNote {
  /** `error`: the service cannot use it; `info`: something is done about it, or good to know. */
  readonly level: 'error' | 'warning' | 'info'
  /** As written, where it is about one. */
  readonly keyword?: string
  /** One sentence. */
  readonly text: string
  /** What to do; starts with a verb. */
  readonly next?: string
}

/** A connection string in parts. What is secret in it stays behind. */
export interface ConnectionView {
  readonly provider: Provider
  /** For SQL Server possibly `host\instance`. */
  readonly server: string
  readonly port?: number
  readonly database: string
  readonly user: string
  readonly options: string
  /** SQL Server: the service logs in as the account that it runs under. */
  readonly windowsLogin: boolean
  readonly hasPassword: boolean
  /** Reference to the whole connection string. */
  readonly connectionString: string
  /** Reference to the password alone, when there is one. */
  readonly password?: string
  /** As it is, with {@link HIDDEN_VALUE} for each secret. */
  readonly text: string
  /** As it would be written for the service, likewise. */
  readonly written: string
  readonly notes: readonly ConnectionNote[]
}

/** A database entry of Creatio's `ConnectionStrings.config`. */
export interface CreatioCandidate {
  readonly entry: string
  readonly line: number
  /** The entry that Creatio itself uses: `db`, else `dbPostgreSql`. */
  readonly inUse: boolean
  readonly provider?: Provider | 'Oracle'
  /** One sentence: what it is, such as “Left over: Creatio uses db.” */
  readonly about: string
  /** Missing where the service could not use it at all. */
  readonly connection?: ConnectionView
  /** Names in square brackets that stand for values kept in a vault, such as `DbPassword`. */
  readonly placeholders: readonly string[]
  readonly problem?: Problem
}

/** A client in the service's database. */
export interface ClientRowView {
  /** `Clients.Id`. */
  readonly key: number
  readonly id: string
  readonly name: string
  readonly enabled: boolean
  readonly scopes: readonly string[]
  readonly grantTypes: readonly string[]
  readonly redirectUris: readonly string[]
  /** ISO 8601, where the table says. */
  readonly created?: string
  /** The secret that was given against the stored hash; `not-compared` where none was given. */
  readonly secret: 'matches' | 'differs' | 'none' | 'not-compared'
}

/**
 * What a database holds of the Identity Service. `new`: nothing; `reuse`: an earlier installation with this client, whose
 * secret fits; `client-differs`: this client with another secret; `other-service`: tables with other clients only;
 * `incomplete`: not all tables.
 */
export type DatabaseVerdict = 'new' | 'reuse' | 'client-differs' | 'other-service' | 'incomplete'

export interface DatabaseContentsView {
  readonly verdict: DatabaseVerdict
  /** One sentence. */
  readonly summary: string
  /** What it means for the setup, and what to do. */
  readonly meaning: string
  /** IdentityServer4's generation of the tables. */
  readonly schema: 'none' | 'v3' | 'v4' | 'partly'
  readonly present: readonly string[]
  readonly missing: readonly string[]
  readonly migrations: readonly { readonly id: string; readonly productVersion: string }[]
  readonly clients: readonly ClientRowView[]
}

/** A text for the database's administrator. */
export interface GrantScriptView {
  /** File name, such as `identity-service-grants.sql`. */
  readonly name: string
  readonly text: string
}

/** Whom the database sees when the service logs in. */
export interface ServiceIdentity {
  /** Such as `CONTOSO\IDSRV$` or `IIS AppPool\IDServiceAppPool`. */
  readonly name: string
  readonly why: string
}
