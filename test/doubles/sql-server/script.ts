import type { Login } from './login.ts'
import type { ServerMessage, StatementAnswer } from './tokens.ts'
import type { SqlValue } from './values.ts'

/** One statement that the responder knows, and what it answers. Nothing of SQL is understood beyond that. */
export interface ScriptedStatement<State> {
  /** By which faults name it; `$1` stands for the first group of `sql`. */
  readonly name: string
  readonly sql: RegExp
  /** @throws SqlRefusal for an error with a number */
  readonly answer: (call: StatementCall<State>) => StatementAnswer
}

export interface StatementCall<State> {
  readonly match: RegExpExecArray
  readonly parameters: Readonly<Record<string, SqlValue>>
  /** May be changed; a rollback brings back what it was at the beginning of the transaction. */
  readonly state: State
  readonly login: Login
}

/** An error that the server answers. */
export class SqlRefusal extends Error {
  readonly said: ServerMessage

  constructor(said: ServerMessage) {
    super(said.text)
    this.said = said
  }
}

/**
 * What goes wrong at a stage (`connect`, `prelogin`, `tls`, `login`) or at a statement, by its name: nothing is said, the
 * connection is dropped, or an error is answered.
 */
export type Fault = 'silent' | 'drop' | ServerMessage

/** What was asked, for tests to look at. Never holds a password. */
export interface Asked {
  readonly logins: { readonly user: string; readonly database: string; readonly program: string }[]
  /** Names of the statements, `begin`, `commit` and `rollback`, in order. */
  readonly statements: string[]
  /** Texts that no script knows, or that a server would not take: there should be none. */
  readonly unknown: string[]
  /** All texts, as they were sent. */
  readonly sql: string[]
  /** Whether each login came over TLS. */
  readonly encrypted: boolean[]
}
