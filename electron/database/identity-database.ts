import type { IdentityTables } from './identity-tables.ts'

/** The service's tables. Read, but for the two calls that remove a client and bring it back. */
export interface IdentityDatabase {
  tables(): Promise<IdentityTables>
  /** The rows of `__EFMigrationsHistory`, in order; empty where there is no such table. */
  migrations(): Promise<readonly Migration[]>
  /** All clients, by `Id`. The tables must exist. */
  clients(): Promise<readonly ClientRow[]>
  /** The client of that `ClientId`, or undefined when there is no such row. The tables must exist. */
  client(id: string): Promise<ClientRow | undefined>
  /** What names a client without hanging on it. The tables must exist. */
  mentionsOf(clientId: string): Promise<ClientMentions>
  /** Every row that hangs on a client; undefined when there is no such client. */
  rowsOf(clientId: string): Promise<ClientRows | undefined>
  /**
   * Removes exactly these rows in one transaction, children first. Also when they are gone already.
   * @throws SetupError `database.client-changed` when others stand there now; nothing is removed then.
   *   `database.commit-unknown` when the connection was lost while the server finished
   */
  removeRows(rows: ClientRows): Promise<void>
  /**
   * Puts rows back as they were, with their keys, in one transaction; clients of the same `ClientId`, and of
   * `instead`, that were made since are removed by it. Also when they are back already.
   * @throws SetupError as `removeRows`
   */
  restoreRows(rows: ClientRows, instead?: string): Promise<void>
  close(): Promise<void>
}

/** One row of Entity Framework's own table. */
export interface Migration {
  readonly id: string
  readonly productVersion: string
}

/**
 * A client's rows in all tables that refer to `Clients`, to be kept in a file: `Clients` first. Values as JSON has them,
 * times as ISO 8601 text to the last digit that the table holds. Holds hashes of secrets.
 */
export interface ClientRows {
  readonly clientId: string
  /** `Clients.Id`. */
  readonly key: number
  readonly tables: readonly {
    readonly table: string
    readonly rows: readonly Readonly<Record<string, string | number | boolean | null>>[]
  }[]
}

/** Rows that name a client by its ClientId, without a foreign key: they stay when the client goes. */
export interface ClientMentions {
  /** Of `PersistedGrants` and `DeviceCodes`: refresh and reference tokens, consents, codes. Empty tables are left out. */
  readonly grants: readonly { readonly table: string; readonly rows: number }[]
  /** Other clients of which a property (`ClientProperties`) has it as its value. */
  readonly owned: number
}

/** A row of `Clients` with the rows that hang on it. */
export interface ClientRow {
  /** `Clients.Id`, to which the other tables refer. */
  readonly key: number
  readonly clientId: string
  readonly name: string | null
  readonly enabled: boolean
  readonly grantTypes: readonly string[]
  readonly scopes: readonly string[]
  readonly redirectUris: readonly string[]
  readonly created: Date | null
  readonly secrets: readonly StoredSecret[]
}

/** A row of `ClientSecrets`. */
export interface StoredSecret {
  /** `SharedSecret` for a client secret. */
  readonly type: string
  /** Base64 of a hash, for a shared secret. */
  readonly value: string
  readonly expiration: Date | null
}
