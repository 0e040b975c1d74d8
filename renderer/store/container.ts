import { create } from 'zustand'
import type { ContainerAnswers } from '../../electron/contract/answers.ts'
import type { FieldNote } from '../../electron/contract/views.ts'
import { ask, askOr } from '../bridge.ts'
import { latestOfSetup } from '../latest.ts'
import { track } from '../pending.ts'
import { noSecret, type SecretSlot } from './secret-slot.ts'

export interface ContainerData {
  readonly name: string
  readonly image: string
  readonly settings: ContainerAnswers['settings']
  readonly acceptSecretsInImage: boolean
  readonly http: boolean
  readonly httpPort: string
  readonly https: boolean
  readonly httpsPort: string
  readonly httpsCertificate: string
  readonly httpsPassword: SecretSlot
  readonly network: string
  readonly databaseServer: string
  readonly redis: SecretSlot
  readonly restart: ContainerAnswers['restart']
  /** The Identity Service URL, a part of its own in the answers; asked beside the ports it is made from. */
  readonly publicUrl: string
}

export const emptyContainer: ContainerData = {
  name: 'identity-service',
  image: 'identity-service:latest',
  settings: 'mounted-file',
  acceptSecretsInImage: false,
  http: true,
  httpPort: '',
  https: false,
  httpsPort: '',
  httpsCertificate: '',
  httpsPassword: noSecret,
  network: '',
  databaseServer: '',
  redis: noSecret,
  restart: 'unless-stopped',
  publicUrl: '',
}

interface ContainerState extends ContainerData {
  readonly notes: readonly FieldNote[]
  change(data: Partial<ContainerData>): void
  /** Free ports for those not typed yet. */
  suggestPorts(): Promise<void>
  check(draft: Record<string, unknown>): Promise<void>
}

const beginPorts = latestOfSetup()
const beginCheck = latestOfSetup()

/** The container: its name, how it gets its settings, and how it is reached. */
export const useContainer = create<ContainerState>((set, get) => ({
  ...emptyContainer,
  notes: [],
  change: (data) => set(data),
  suggestPorts: () =>
    track(
      (async () => {
        if (get().httpPort !== '' && get().httpsPort !== '') return
        const isLatest = beginPorts()
        const ports = await askOr('ports.suggest', {}, undefined)
        if (!isLatest() || ports === undefined) return
        set(({ httpPort, httpsPort }) => ({
          httpPort: httpPort || String(ports.http),
          httpsPort: httpsPort || String(ports.https),
        }))
      })(),
    ),
  check: (draft) =>
    track(
      (async () => {
        const isLatest = beginCheck()
        const reply = await ask('container.check', { draft })
        if (isLatest() && reply.ok) set({ notes: reply.value })
      })(),
    ),
}))
