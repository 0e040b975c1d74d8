import type { Problem } from './problem.ts'
import type { ClientRowView, Provider } from './database.ts'

/** Grant types of OAuth 2.0 and OpenID Connect by their names in IdentityServer4 (`GrantType.cs`). */
export const grantTypes = [
  'client_credentials',
  'authorization_code',
  'implicit',
  'hybrid',
  'password',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const
export type GrantType = (typeof grantTypes)[number]

/** A scope that a client may ask for, and where the wish for it comes from. */
export interface ScopeView {
  readonly scope: string
  /** What it is for, in one sentence. */
  readonly purpose: string
  /**
   * `manual`: in the vendor's manual; `newer`: builds on .NET 8 use it; `shipped`: the archive's own clients have it;
   * `present`: the client has it now; `added`: by the installer.
   */
  readonly from: 'manual' | 'newer' | 'shipped' | 'present' | 'added'
  /** Creatio cannot work without it. */
  readonly required: boolean
}

/** A service whose client is to be changed: what its settings say, and what its database holds. */
export interface ClientChangeView {
  readonly target: string
  readonly name: string
  readonly hosting: 'iis' | 'docker'
  readonly publicUrl: string
  readonly recorded: boolean
  /** The file that gives the service its clients. */
  readonly settings: string
  readonly database: {
    readonly provider: Provider
    readonly server: string
    readonly database: string
  }
  /** The client that Creatio uses, as far as the settings tell; empty where none can be told. */
  readonly current: string
  /** Clients that the settings make, with what the database holds of them. */
  readonly clients: readonly {
    readonly id: string
    readonly name: string
    readonly scopes: readonly string[]
    readonly grantTypes: readonly string[]
    /** Missing where the service has not made it yet, or the database was not reached. */
    readonly row?: ClientRowView
    /** It came with the archive, so every copy of the build has it. */
    readonly shipped: boolean
  }[]
  /** Scopes of the current client and those that it could have. */
  readonly scopes: readonly ScopeView[]
  /** Why the database could not be read. */
  readonly problem?: Problem
}
