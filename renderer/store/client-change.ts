import { create } from 'zustand'
import type { ClientChangeView, GrantType } from '../../electron/contract/client.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import type { FieldNote } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { latestOfSetup } from '../latest.ts'
import { inTurn, newOperation, track } from '../pending.ts'
import { noteKeeper, notesWithoutSecret } from './client-notes.ts'
import { clientSecretName, type ClientTab } from './client.ts'
import type { Draft } from './given.ts'
import { useHosting } from './hosting.ts'
import { choosing, noPlace, type InstallationChoice, type Place } from './installation-choice.ts'
import { noSecret, type SecretSlot } from './secret-slot.ts'

/** What is empty or undefined stays as it is. */
interface NewClient {
  readonly id: string
  readonly name: string
  readonly secret: SecretSlot
  /** All that it is to have. */
  readonly scopes: readonly string[] | undefined
  readonly grantTypes: readonly GrantType[] | undefined
  readonly useAnyway: boolean
}

export interface ClientChangeData extends Place, NewClient {
  /** ClientId of today, where it is not the one that the settings tell. */
  readonly current: string
  /** The database server as this machine reaches it; empty where the settings' name will do. */
  readonly databaseServer: string
  /** `Clients.Id` of the row that is to go, as opened answers give it. */
  readonly row: number | undefined
  /** The one that was found. */
  readonly foundRow: number | undefined
}

const unchanged: NewClient = {
  id: '',
  name: '',
  secret: noSecret,
  scopes: undefined,
  grantTypes: undefined,
  useAnyway: false,
}

export const emptyClientChange: ClientChangeData = {
  ...noPlace,
  ...unchanged,
  current: '',
  databaseServer: '',
  row: undefined,
  foundRow: undefined,
}

type Found = ClientChangeView['clients'][number]

interface ClientChangeState extends ClientChangeData, InstallationChoice {
  readonly view: ClientChangeView | undefined
  readonly problem: Problem | undefined
  /** The look that is under way. */
  readonly operation: string | undefined
  readonly notes: readonly FieldNote[]
  readonly generateProblem: Problem | undefined
  readonly tab: ClientTab
  openTab(tab: ClientTab): void
  change(data: Partial<NewClient>): void
  /** Another client of the same service. */
  chooseClient(id: string): void
  reachDatabaseAt(server: string): void
  generate(which: 'id' | 'secret'): Promise<void>
  /** Asks what there is to say about the new values; `secret` only when it was just typed. */
  check(secret?: string): Promise<void>
  /** What is there now. An answer about another service than the one that is named is dropped. */
  look(draft: Draft): Promise<void>
}

const notLooked = { view: undefined, problem: undefined, operation: undefined, notes: [] }

const beginGenerate = latestOfSetup()
const beginCheck = noteKeeper()

/** The client that is changed, and what it is to be. */
export const useClientChange = create<ClientChangeState>((set, get) => ({
  ...emptyClientChange,
  ...notLooked,
  typing: false,
  generateProblem: undefined,
  tab: 'values',

  ...choosing(
    get,
    (place) => set({ ...emptyClientChange, ...notLooked, ...place }),
    (typing) => set({ typing }),
  ),

  openTab: (tab) => set({ tab }),

  change: (data) =>
    set({ ...(data.secret?.ref === '' ? { notes: notesWithoutSecret(get().notes) } : {}), ...data }),

  chooseClient: (current) => {
    if (current === get().current) return
    // What it may do was chosen for the other one.
    set({ current, row: undefined, scopes: undefined, grantTypes: undefined })
    set({ foundRow: clientToday(get())?.row?.key })
  },

  reachDatabaseAt: (databaseServer) => set({ databaseServer }),

  generate: (which) =>
    track(
      inTurn(clientSecretName, async () => {
        const isLatest = beginGenerate()
        const { id: before } = get()
        const reply = await ask('client.generate', { which })
        if (!isLatest()) return
        if (!reply.ok) return set({ generateProblem: reply.problem })
        const { id, secret } = reply.value
        const notes = get().notes.filter((note) => note.field !== `client.${which}`)
        set({
          // An ID that was typed in the meantime stays.
          ...(id === undefined || get().id !== before ? {} : { id }),
          ...(secret === undefined ? {} : { secret: { ref: secret, length: 32 } }),
          notes,
          generateProblem: undefined,
        })
      }),
    ),

  check: (secret) =>
    track(
      (async () => {
        const { id, name } = get()
        const today = clientToday(get())
        const asked = { id: id || today?.id || '', name: name || today?.name || '' }
        const notesWith = beginCheck(secret !== undefined)
        const reply = await ask('client.check', { ...asked, ...(secret === undefined ? {} : { secret }) })
        if (!reply.ok || get().id !== id) return
        // What stays is not found fault with here: it works today.
        const stays = (field: string) =>
          (field === 'client.id' && id === '') || (field === 'client.name' && name === '')
        const said = reply.value.filter(({ field }) => !stays(field))
        set({ notes: notesWith(get().notes, said) })
      })(),
    ),

  look: (draft) =>
    track(
      (async () => {
        if (get().target.trim() === '') return
        const operation = newOperation('client')
        set({ operation })
        const reply = await ask('client.look', { operation, draft })
        if (get().operation !== operation) return
        if (!reply.ok) return set({ operation: undefined, view: undefined, problem: reply.problem })
        useHosting.setState({ hosting: reply.value.hosting })
        set({ operation: undefined, view: reply.value, problem: undefined })
        set({ foundRow: clientToday(get())?.row?.key })
      })(),
    ),
}))

/** The chosen client as it is now; undefined while the settings have not told it. */
export function clientToday({
  view,
  current,
}: Pick<ClientChangeState, 'view' | 'current'>): Found | undefined {
  const id = current || view?.current
  return view?.clients.find((client) => client.id === id)
}

type Compared = NewClient & Pick<ClientChangeState, 'view' | 'current' | 'row' | 'foundRow'>

/** Whether opened answers are about a row that is not there any more: their change was begun, or is done. */
export const isBegun = ({ row, foundRow }: Pick<Compared, 'row' | 'foundRow'>): boolean =>
  row !== undefined && row !== foundRow

/** What is going to differ. A value that was typed as it is counts for nothing, unless the change made it so already. */
export function changesOf(state: Compared) {
  const today = isBegun(state) ? undefined : clientToday(state)
  const { id, name, secret, scopes, grantTypes } = state
  return {
    id: id !== '' && id !== today?.id,
    name: name !== '' && name !== today?.name,
    secret: secret.ref !== '',
    scopes: scopes !== undefined && !sameSet(scopes, today?.scopes ?? []),
    grantTypes: grantTypes !== undefined && !sameSet(grantTypes, today?.grantTypes ?? []),
  }
}

/** Whether Creatio has to learn another ID or secret. A page that was loaded since the change does not know; then yes. */
export function creatioFollows(state: Compared & Place): boolean {
  const changes = changesOf(state)
  return state.target === '' || changes.id || changes.secret
}

export const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each))
