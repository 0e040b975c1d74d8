import { refusalOf } from './grammar/static-checks.ts'
import type { Login } from './login.ts'
import type { SqlRequest } from './requests.ts'
import { SqlRefusal, type ScriptedStatement } from './script.ts'
import type { Shared } from './server.ts'
import { done, doneWithError, message, result, transactionChange, type ServerMessage } from './tokens.ts'

/** Kinds of transaction request. [MS-TDS] 2.2.6.9 */
const BEGIN = 5
const COMMIT = 7
const ROLLBACK = 8

let transactions = 0n

/** The statements of one session and its transaction. */
export class Statements<State extends object> {
  readonly #shared: Shared<State>
  readonly #login: Login
  #transaction: { readonly id: bigint; readonly before: State } | undefined
  #abortsOnError = false

  constructor(shared: Shared<State>, login: Login) {
    this.#shared = shared
    this.#login = login
  }

  /** Nothing of it is run once the connection is gone. */
  async run(request: SqlRequest, gone: () => boolean): Promise<Buffer | 'silent' | 'drop'> {
    const { asked } = this.#shared
    asked.sql.push(request.sql)
    const refusal = await refusalOf({ ...request, inTransaction: this.#transaction !== undefined })
    if (gone()) return 'silent'
    if (!refusal) return this.#answer(request)
    asked.unknown.push(`${request.sql}\n${refusal.number}: ${refusal.text}`)
    // XACT_ABORT leaves a transaction alone for what did not begin to run.
    return Buffer.concat([message(refusal), doneWithError(request.rpc)])
  }

  #answer(request: SqlRequest): Buffer | 'silent' | 'drop' {
    const { asked, faults, statements } = this.#shared
    const found = find(statements, request.sql)
    // What drivers set when they log in, and the switch that makes each error end the transaction.
    if (!found && /^\s*set\s/i.test(request.sql)) {
      if (/xact_abort\s+on/i.test(request.sql)) this.#abortsOnError = true
      return request.rpc ? result({ affected: 0 }, true) : done()
    }
    if (!found) {
      asked.unknown.push(request.sql)
      return this.#refuse(
        { number: 50_000, text: 'The responder does not know this statement.' },
        request.rpc,
      )
    }
    asked.statements.push(found.name)
    const fault = faults.get(found.name)
    if (fault === 'silent' || fault === 'drop') return fault
    if (fault !== undefined) return this.#refuse(fault, request.rpc)
    try {
      const { match, statement } = found
      const { parameters } = request
      const answer = statement.answer({ match, parameters, state: this.#shared.state, login: this.#login })
      return result(answer, request.rpc)
    } catch (error) {
      if (error instanceof SqlRefusal) return this.#refuse(error.said, request.rpc)
      asked.unknown.push(`${found.name}: ${String(error)}`)
      return this.#refuse({ number: 50_000, text: `The script failed: ${String(error)}` }, request.rpc)
    }
  }

  /** Answers a transaction request; savepoints are not known. */
  transaction(body: Buffer): Buffer | 'silent' | 'drop' {
    const kind = body.readUInt16LE(body.readUInt32LE(0))
    const name = { [BEGIN]: 'begin', [COMMIT]: 'commit', [ROLLBACK]: 'rollback' }[kind]
    if (name === undefined) return 'drop'
    this.#shared.asked.statements.push(name)
    const fault = this.#shared.faults.get(name)
    if (fault === 'silent' || fault === 'drop') return fault
    if (fault !== undefined) return this.#refuse(fault, false)
    if (kind === BEGIN) {
      this.#transaction = { id: ++transactions, before: structuredClone(this.#shared.state) }
      return Buffer.concat([transactionChange(8, this.#transaction.id), done()])
    }
    if (!this.#transaction)
      return this.#refuse({ number: kind === COMMIT ? 3902 : 3903, text: 'There is no transaction.' }, false)
    return Buffer.concat([kind === COMMIT ? this.#end(9) : this.#end(10), done()])
  }

  /** The connection is gone: what was not committed is not done. */
  abandon(): void {
    if (this.#transaction) this.#end(10)
  }

  #refuse(said: ServerMessage, rpc: boolean): Buffer {
    const ended = this.#transaction && this.#abortsOnError ? this.#end(10) : Buffer.alloc(0)
    return Buffer.concat([message(said), ended, doneWithError(rpc)])
  }

  #end(change: 9 | 10): Buffer {
    const { id, before } = this.#transaction!
    if (change === 10) this.#shared.state = before
    this.#transaction = undefined
    return transactionChange(change, id)
  }
}

function find<State>(
  statements: readonly ScriptedStatement<State>[],
  sql: string,
): { name: string; match: RegExpExecArray; statement: ScriptedStatement<State> } | undefined {
  for (const statement of statements) {
    const match = statement.sql.exec(sql)
    if (match) return { name: statement.name.replace('$1', match[1] ?? ''), match, statement }
  }
  return undefined
}
