import { create } from 'zustand'
import type { GrantType, ScopeView } from '../../electron/contract/client.ts'
import type { FieldNote } from '../../electron/contract/views.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { latestOfSetup } from '../latest.ts'
import { inTurn, track } from '../pending.ts'
import { noteKeeper, notesWithoutSecret } from './client-notes.ts'
import type { Draft } from './given.ts'
import { noSecret, type SecretSlot } from './secret-slot.ts'

export interface ClientData {
  /** 16 characters, or `generate`: made at install, an earlier one that is found is kept. */
  readonly id: string
  readonly name: string
  readonly secret: SecretSlot
  /** Those that are added to what every system client gets. */
  readonly scopes: readonly string[]
  /** Undefined: those of the manual. */
  readonly grantTypes: readonly GrantType[] | undefined
  readonly useAnyway: boolean
  /** The database has this client with another secret, and it is to go. */
  readonly replaceExisting: boolean
}

export const emptyClient: ClientData = {
  id: '',
  name: 'Creatio system client',
  secret: noSecret,
  scopes: [],
  grantTypes: undefined,
  useAnyway: false,
  replaceExisting: false,
}

/** Of the manual: what a system client gets unless something else is chosen. */
export const usualGrantTypes: readonly GrantType[] = ['client_credentials', 'implicit']

export type ClientTab = 'values' | 'scopes' | 'grants'

/** The tab that asks for a path of the answers; undefined for what is not about a client. */
export function clientTabOfPath(path: string): ClientTab | undefined {
  if (!path.startsWith('client.')) return undefined
  if (path.startsWith('client.scopes')) return 'scopes'
  return path.startsWith('client.grantTypes') ? 'grants' : 'values'
}

interface ClientState extends ClientData {
  readonly notes: readonly FieldNote[]
  readonly problem: Problem | undefined
  readonly tab: ClientTab
  /** What the client may ask for; undefined until it was asked for. */
  readonly scopeViews: readonly ScopeView[] | undefined
  readonly scopeProblem: Problem | undefined
  openTab(tab: ClientTab): void
  change(data: Partial<ClientData>): void
  /**
   * Values from the back end, for both or for one of them.
   * @param keep those of an earlier installation go before new ones
   */
  generate(which: 'both' | 'id' | 'secret', keep?: boolean): Promise<void>
  /** Asks what there is to say about the values; `secret` only when it was just typed. */
  check(secret?: string): Promise<void>
  lookAtScopes(draft: Draft): Promise<void>
}

/** What was agreed to for one client does not hold for another one. */
const anotherClient = { replaceExisting: false }

/** Under which the back end keeps the client's secret, typed or generated. */
export const clientSecretName = 'client.secret'

const beginGenerate = latestOfSetup()
const beginCheck = noteKeeper()

/** The system client that Creatio signs in with. */
export const useClient = create<ClientState>((set, get) => ({
  ...emptyClient,
  notes: [],
  problem: undefined,
  tab: 'values',
  scopeViews: undefined,
  scopeProblem: undefined,

  openTab: (tab) => set({ tab }),

  change: (data) =>
    set({
      ...('id' in data || 'secret' in data ? anotherClient : {}),
      ...(data.secret?.ref === '' ? { notes: notesWithoutSecret(get().notes) } : {}),
      ...data,
    }),

  generate: (which, keep = false) =>
    track(
      inTurn(clientSecretName, async () => {
        const isLatest = beginGenerate()
        const { id: before } = get()
        const reply = await ask('client.generate', { which, keep })
        if (!isLatest()) return
        if (!reply.ok) return set({ problem: reply.problem })
        const { id, secret } = reply.value
        set({
          ...anotherClient,
          // An ID that was typed in the meantime stays.
          ...(id === undefined || get().id !== before ? {} : { id }),
          ...(secret === undefined ? {} : { secret: { ref: secret, length: 32 } }),
          problem: undefined,
          notes: get().notes.filter((note) => which !== 'both' && note.field !== `client.${which}`),
        })
      }),
    ),

  check: (secret) =>
    track(
      (async () => {
        const { id, name } = get()
        const notesWith = beginCheck(secret !== undefined)
        const reply = await ask('client.check', { id, name, ...(secret === undefined ? {} : { secret }) })
        if (reply.ok && get().id === id) set({ notes: notesWith(get().notes, reply.value) })
      })(),
    ),

  lookAtScopes: (draft) =>
    track(
      (async () => {
        const { scopes } = get()
        const reply = await ask('client.scopes', { draft })
        if (get().scopes !== scopes) return
        set(reply.ok ? { scopeViews: reply.value, scopeProblem: undefined } : { scopeProblem: reply.problem })
      })(),
    ),
}))
