import { create } from 'zustand'
import type {
  Provider,
  CreatioCandidate,
  ConnectionView,
  DatabaseContentsView,
} from '../../electron/contract/database.ts'
import type { DatabaseLayer } from '../../electron/contract/check.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { latestOfSetup } from '../latest.ts'
import { newOperation, track, trackTyped } from '../pending.ts'
import { emptyDatabase, type DatabaseData, type NewDatabaseData } from './database-data.ts'
import type { Draft } from './given.ts'
import { noSecret, type SecretSlot } from './secret-slot.ts'

export interface ConnectionTest {
  readonly operation: string
  readonly running: boolean
  readonly layers: readonly DatabaseLayer[]
  readonly problem?: Problem
}

/** What the database holds already. */
export interface ContentsLook {
  readonly operation: string
  readonly running: boolean
  /** The client it was compared with, as the draft gave it. */
  readonly client: string
  readonly view?: DatabaseContentsView
  readonly problem?: Problem
}

/** A connection string that was made of typed values. */
export interface Printed {
  /** The database of the draft, see {@link databaseOf}. */
  readonly of: string
  readonly connection?: ConnectionView
  readonly problem?: Problem
}

interface DatabaseState extends DatabaseData {
  /** What the given connection string says, once it was read. */
  readonly parsed: ConnectionView | undefined
  readonly parseProblem: Problem | undefined
  /** A typed connection string that cannot be read yet: it stays, to be corrected, and goes as soon as it is read. */
  readonly unread: string
  /** The DBMS that the installer names for the text; undefined: it is told from its keywords. */
  readonly namedProvider: Provider | undefined
  /** What was made of the typed values last; of others than those that are typed now, perhaps. */
  readonly printed: Printed | undefined
  readonly test: ConnectionTest | undefined
  readonly contents: ContentsLook | undefined
  /** Go on although the test did not pass. */
  readonly anyway: boolean
  change(data: Partial<DatabaseData>): void
  changeOwn(data: Partial<NewDatabaseData>): void
  setAnyway(anyway: boolean): void
  choose(candidate: CreatioCandidate): void
  setPlaceholder(name: string, slot: SecretSlot, text?: string): void
  /** Reads a connection string; `[hidden]` in it stands for what the one before had there. */
  parse(connectionString: string, draft?: Draft): Promise<void>
  /** Asks what a text says, whatever was known of it. */
  read(connectionString: string, draft?: Draft): Promise<void>
  /** The same text as one for this DBMS. */
  parseAs(provider: Provider, draft?: Draft): Promise<void>
  /** The connection string that the draft's database makes. */
  print(draft: Draft): Promise<Printed>
  /** Fields filled with what was read elsewhere, to be changed there. */
  editAsFields(connection: ConnectionView): void
  /** The same as one text. */
  editAsText(connection: ConnectionView): void
  /** A connection string that was read: it takes the place of the one before. */
  takeText(connection: ConnectionView): void
  /** A database of the service's own; on the server of Creatio's, where that is one that the service can use. */
  makeOwn(beside: ConnectionView | undefined): void
  /** Runs the layered test to its end, and looks around after a green one; Next waits for one that is under way. */
  runTest(draft: Draft): Promise<void>
  cancelTest(): void
  layerCame(operation: string, layer: DatabaseLayer): void
  look(draft: Draft): Promise<void>
}

const notRead = { parsed: undefined, parseProblem: undefined, unread: '', namedProvider: undefined }
/** A test says nothing about other values than those it ran with. */
const untested = { test: undefined, contents: undefined, anyway: false }

const beginRead = latestOfSetup()
const beginPrint = latestOfSetup()

/** The database: how it is named, what the layered test found, and what it holds already. */
export const useDatabase = create<DatabaseState>((set, get) => ({
  ...emptyDatabase,
  ...notRead,
  printed: undefined,
  ...untested,

  change: (data) => set({ ...data, ...untested }),
  changeOwn: (data) => set(({ own }) => ({ own: { ...own, ...data }, ...untested })),
  setAnyway: (anyway) => set({ anyway }),

  choose: ({ entry, inUse }) => get().change({ entry: inUse ? '' : entry }),

  setPlaceholder: (name, slot, text) =>
    get().change({
      placeholders: {
        ...get().placeholders,
        [name]: { slot, ...(text === undefined ? {} : { text }) },
      },
    }),

  parse: async (connectionString, draft) => {
    const { parsed, unread, parseProblem } = get()
    if (connectionString === (parseProblem === undefined ? parsed?.text : unread)) return
    if (connectionString.trim() !== '') return await get().read(connectionString, draft)
    get().change({ connectionString: noSecret })
    set(notRead)
  },

  parseAs: async (namedProvider, draft) => {
    set({ namedProvider })
    const text = get().unread || (get().parsed?.text ?? '')
    if (text !== '') await get().read(text, draft)
  },

  read: (connectionString, draft) =>
    trackTyped(
      (async () => {
        const { parsed, namedProvider: provider } = get()
        const isLatest = beginRead()
        const reply = await ask('database.parse', {
          connectionString,
          ...(provider === undefined ? {} : { provider }),
          ...(parsed === undefined ? {} : { basedOn: parsed.connectionString }),
          ...(draft === undefined ? {} : { draft }),
        })
        if (!isLatest()) return
        if (reply.ok) return get().takeText(reply.value)
        get().change({ connectionString: noSecret })
        set({ parseProblem: reply.problem, unread: connectionString })
      })(),
    ),

  print: (draft) =>
    track(
      (async () => {
        const of = databaseOf(draft)
        const isLatest = beginPrint()
        const reply = await ask('database.print', { draft })
        const printed = reply.ok ? { of, connection: reply.value } : { of, problem: reply.problem }
        if (isLatest()) set({ printed })
        return printed
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

  editAsText: (connection) => {
    get().takeText(connection)
    set({ namedProvider: connection.provider })
    get().change({ way: 'connection-string' })
  },

  takeText: (connection) => {
    const { provider, connectionString: ref } = connection
    get().change({ textProvider: provider, connectionString: { ref } })
    set({ parsed: connection, parseProblem: undefined, unread: '' })
  },

  makeOwn: (beside) => {
    const { own } = get()
    get().change({
      way: 'new',
      own:
        beside === undefined || own.server !== ''
          ? own
          : {
              ...own,
              provider: beside.provider,
              server: beside.server,
              port: beside.port === undefined ? '' : String(beside.port),
            },
    })
  },

  runTest: (draft) =>
    track(
      (async () => {
        const operation = newOperation('database')
        set({ test: { operation, running: true, layers: [] }, contents: undefined })
        const reply = await ask('database.test', { operation, draft })
        if (get().test?.operation !== operation) return
        const test: ConnectionTest = reply.ok
          ? { operation, running: false, layers: reply.value }
          : { operation, running: false, layers: get().test?.layers ?? [], problem: reply.problem }
        set({ test })
        // A database that is yet to be made holds nothing.
        if (testPassed(test) && get().way !== 'new') await get().look(draft)
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

  look: (draft) =>
    track(
      (async () => {
        const operation = newOperation('contents')
        const client = clientOf(draft)
        set({ contents: { operation, running: true, client } })
        const reply = await ask('database.look', { operation, draft })
        if (get().contents?.operation !== operation) return
        const done = { operation, running: false, client }
        set({ contents: reply.ok ? { ...done, view: reply.value } : { ...done, problem: reply.problem } })
      })(),
    ),
}))

/** What tells one draft's database from another's, and one client from another. */
export const databaseOf = (draft: Draft): string => JSON.stringify(draft['database'])
export const clientOf = (draft: Draft): string => JSON.stringify(draft['client'] ?? {})

/** Whether the last test went through, and is about what is typed now. */
export function testPassed(test: ConnectionTest | undefined): boolean {
  if (test === undefined || test.running || test.problem !== undefined) return false
  return test.layers.every((layer) => layer.state !== 'failed' && layer.state !== 'not-tried')
}
