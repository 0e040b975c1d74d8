import type { Provider } from '../contract/database.ts'
import type { Problem } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import type { DatabaseTarget } from './target.ts'

/** A database of the service's own, and the login that it will use. */
export interface NewDatabase {
  readonly provider: Provider
  readonly server: string
  readonly port?: number
  readonly database: string
  readonly user: string
  /** Further keywords of the connection string, such as `SSL Mode=VerifyFull`. */
  readonly options: string
}

export interface NewDatabaseLook {
  readonly database: 'absent' | 'present'
  readonly login: 'absent' | 'present'
  /** What keeps it from being made, such as missing rights of the administrator. */
  readonly problems: readonly Problem[]
  /** What is to be said about it, in sentences, such as that a login is there and will be used as it is. */
  readonly notes: readonly string[]
}

/** What is made: one each. */
export type NewPart = 'login' | 'database'
export type Made = Readonly<Record<NewPart, boolean>>

export interface CreateOptions extends NewDatabase {
  readonly password: Secret
  /** What an interrupted run had begun to make: it is taken for this program's own when it is there. */
  readonly earlier?: Made
}

/** What each provider does. Administrators log in as `admin` says; its database is left out of account. */
export interface DatabaseMaker {
  readonly look: (machine: Machine, admin: DatabaseTarget, wanted: NewDatabase) => Promise<NewDatabaseLook>
  readonly create: (
    machine: Machine,
    admin: DatabaseTarget,
    wanted: CreateOptions,
    onEffect: (part: NewPart) => Promise<void>,
  ) => Promise<Made>
  readonly drop: (machine: Machine, admin: DatabaseTarget, wanted: NewDatabase, made: Made) => Promise<void>
  readonly statements: (wanted: NewDatabase) => readonly string[]
}
