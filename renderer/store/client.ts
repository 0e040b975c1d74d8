import { create } from 'zustand'
import type { FieldNote } from '../../electron/contract/views.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { track } from '../pending.ts'
import { noSecret, type SecretSlot } from './secret-slot.ts'

export interface ClientData {
  /** 16 characters, or `generate`: made at install, an earlier one that is found is kept. */
  readonly id: string
  readonly name: string
  readonly secret: SecretSlot
  readonly useAnyway: boolean
}

export const emptyClient: ClientData = {
  id: '',
  name: 'Creatio system client',
  secret: noSecret,
  useAnyway: false,
}

interface ClientState extends ClientData {
  readonly notes: readonly FieldNote[]
  readonly problem: Problem | undefined
  change(data: Partial<ClientData>): void
  /** New values from the back end, for both or for one of them. */
  generate(which: 'both' | 'id' | 'secret'): Promise<void>
  /** Asks what there is to say about the values; `secret` only when it was just typed. */
  check(secret?: string): Promise<void>
}

/** The system client that Creatio signs in with. */
export const useClient = create<ClientState>((set, get) => ({
  ...emptyClient,
  notes: [],
  problem: undefined,

  change: (data) => set(data),

  generate: (which) =>
    track(
      (async () => {
        const reply = await ask('client.generate', {})
        if (!reply.ok) return set({ problem: reply.problem })
        const secret = { ref: reply.value.secret, length: 32 }
        set({
          ...(which === 'secret' ? {} : { id: reply.value.id }),
          ...(which === 'id' ? {} : { secret }),
          problem: undefined,
          notes: get().notes.filter((note) => which !== 'both' && note.field !== `client.${which}`),
        })
      })(),
    ),

  check: (secret) =>
    track(
      (async () => {
        const { id, name } = get()
        const reply = await ask('client.check', { id, name, ...(secret === undefined ? {} : { secret }) })
        if (!reply.ok || get().id !== id) return
        const kept = secret === undefined ? get().notes.filter((note) => note.field === 'client.secret') : []
        set({ notes: [...reply.value, ...kept] })
      })(),
    ),
}))
