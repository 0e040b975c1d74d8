import type { Answers } from '../../electron/contract/answers.ts'
import type { Provider } from '../../electron/contract/database.ts'
import { noSecret, type SecretSlot } from './secret-slot.ts'

export type DatabaseWay = Answers['database']['from']

/** A value for a name in square brackets. */
export interface PlaceholderData {
  readonly slot: SecretSlot
  /** What was typed, where it is no secret. */
  readonly text?: string
}

/** A database of the service's own, and the login that is made with it. */
export interface NewDatabaseData {
  readonly provider: Provider
  readonly server: string
  readonly port: string
  readonly database: string
  readonly user: string
  /** `generate`: made at Install. */
  readonly password: SecretSlot
  readonly options: string
  readonly administrator: string
  readonly administratorPassword: SecretSlot
}

/** Everything typed on the page; each way keeps its own, so that looking at another one loses nothing. */
export interface DatabaseData {
  readonly way: DatabaseWay
  /** Entry of ConnectionStrings.config; empty: the one that Creatio uses. */
  readonly entry: string
  /** By their names. */
  readonly placeholders: Readonly<Record<string, PlaceholderData>>
  readonly provider: Provider
  readonly server: string
  readonly port: string
  readonly database: string
  readonly user: string
  readonly password: SecretSlot
  readonly options: string
  readonly connectionString: SecretSlot
  /** Of the connection string; the fields have their own. */
  readonly textProvider: Provider
  readonly own: NewDatabaseData
}

export const emptyNewDatabase: NewDatabaseData = {
  provider: 'PostgreSQL',
  server: '',
  port: '',
  database: 'identity_service',
  user: 'identity_service',
  password: { ref: 'generate' },
  options: '',
  administrator: '',
  administratorPassword: noSecret,
}

export const emptyDatabase: DatabaseData = {
  way: 'fields',
  entry: '',
  placeholders: {},
  provider: 'PostgreSQL',
  server: '',
  port: '',
  database: '',
  user: '',
  password: noSecret,
  options: '',
  connectionString: noSecret,
  textProvider: 'PostgreSQL',
  own: emptyNewDatabase,
}
