import { create } from 'zustand'
import type { Answers, Provider } from '../../electron/contract/answers.ts'
import type { DatabaseLayer } from '../../electron/contract/check.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import type { ConnectionView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { newOperation, track } from '../pending.ts'
import { noSecret, type SecretSlot } from './secret-slot.ts'

export type DatabaseWay = Answers['database']['from']

export interface DatabaseData {
  readonly way: DatabaseWay
  readonly provider: Provider
  readonly server: string
  readonly port: string
  readonly database: string
  readonly user: string
  readonly password: SecretSlot
  readonly options: string
  readonly connectionString: SecretSlot
}

export const emptyDatabase: DatabaseData = {
  way: 'fields',
  provider: 'PostgreSQL',
  server: '',
  port: '',
  database: '',
  user: '',
  password: noSecret,
  options: '',
  connectionString: noSecret,
}

export interface ConnectionTest {
  readonly operation: string
  readonly running: boolean
  readonly layers: readonly DatabaseLayer[]
  readonly problem?: Problem
}

interface DatabaseState extends DatabaseData {
  /** What the given connection string says, once it was read. */
  readonly parsed: ConnectionView | undefined
  readonly parseProblem: Problem | undefined
  readonly test: ConnectionTest | undefined
  /** Go on although the test did not pass. */
  readonly anyway: boolean
  change(data: Partial<DatabaseData>): void
  setAnyway(anyway: boolean): void
  parse(connectionString: string): Promise<void>
  /** Fields filled with what was read elsewhere, to be changed there. */
  editAsFields(connection: ConnectionView): void
  /** Runs the layered test to its end; Next waits for one that is under way. */
  runTest(draft: Record<string, unknown>): Promise<void>
  cancelTest(): void
  layerCame(operation: string, layer: DatabaseLayer): void
}

/** The database: how it is named, and what the layered test found. */
export const useDatabase = create<DatabaseState>((set, get) => ({
  ...emptyDatabase,
  parsed: undefined,
  parseProblem: undefined,
  test: undefined,
  anyway: false,

  // A test says nothing about other values than those it ran with.
  change: (data) => set({ ...data, test: undefined, anyway: false }),
  setAnyway: (anyway) => set({ anyway }),

  parse: (connectionString) =>
    track(
      (async () => {
        const reply = await ask('database.parse', { connectionString })
        if (!reply.ok) {
          get().change({ connectionString: noSecret })
          return set({ parseProblem: reply.problem, parsed: undefined })
        }
        const { provider, connectionString: ref } = reply.value
        get().change({ provider, connectionString: { ref, length: connectionString.length } })
        set({ parsed: reply.value, parseProblem: undefined })
      })(),
    ),

  editAsFields: (connection) =>
    get().change({
      way: 'fields',
      provider: connection.provider,
      server: connection.server,
      port: connection.port === undefined ? '' : String(connection.port),
      database: connection.database,
      user: connection.user,
      password: connection.password === undefined ? noSecret : { ref: connection.password },
      options: connection.options,
    }),

  runTest: (draft) =>
    track(
      (async () => {
        const operation = newOperation('database')
        set({ test: { operation, running: true, layers: [] } })
        const reply = await ask('database.test', { operation, draft })
        if (get().test?.operation !== operation) return
        set({
          test: reply.ok
            ? { operation, running: false, layers: reply.value }
            : { operation, running: false, layers: get().test?.layers ?? [], problem: reply.problem },
        })
      })(),
    ),

  cancelTest: () => {
    const { test } = get()
    if (test?.running) void ask('operation.cancel', { operation: test.operation })
  },

  layerCame: (operation, layer) => {
    const { test } = get()
    if (test?.operation !== operation || !test.running) return
    const others = test.layers.filter((known) => known.id !== layer.id)
    set({ test: { ...test, layers: [...others, layer] } })
  },
}))

/** Whether the last test went through, and is about what is typed now. */
export function testPassed(test: ConnectionTest | undefined): boolean {
  if (test === undefined || test.running || test.problem !== undefined) return false
  return test.layers.every((layer) => layer.state !== 'failed' && layer.state !== 'not-tried')
}
