import { create } from 'zustand'
import type { PendingRequestView, SignatureHash, SigningKey } from '../../electron/contract/certificate.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { newOperation } from '../pending.ts'

interface RequestWishes {
  readonly key: SigningKey
  /** Empty: the usual one of the key. */
  readonly hash: SignatureHash | ''
  readonly subject: string
  readonly folder: string
}

interface RequestState extends RequestWishes {
  /** Of the request that is being made; empty while none is. */
  readonly operation: string
  readonly problem: Problem | undefined
  readonly made: PendingRequestView | undefined
  change(wishes: Partial<RequestWishes>): void
  /** Begins with an empty form; the subject of the page goes along, the folder stays as it was. */
  open(subject: string): void
  make(): Promise<void>
  /** Gives up what is being made. Its answer is not waited for: the form can be used again at once. */
  stop(): void
}

/** A request for an authority, as far as its dialog has come. Nothing of it is part of the answers. */
export const useCertificateRequest = create<RequestState>((set, get) => ({
  key: 'RSA-2048',
  hash: '',
  subject: '',
  folder: '',
  operation: '',
  problem: undefined,
  made: undefined,

  change: (wishes) => set(wishes),

  open: (subject) => set({ subject, operation: '', problem: undefined, made: undefined }),

  make: async () => {
    if (get().operation !== '') return
    const operation = newOperation('request')
    set({ operation, problem: undefined })
    const { key, hash, subject, folder } = get()
    const reply = await ask('certificate.request', {
      operation,
      key,
      ...(hash === '' ? {} : { hash }),
      subject,
      folder,
    })
    if (get().operation !== operation) return
    set({ operation: '', ...(reply.ok ? { made: reply.value } : { problem: reply.problem }) })
  },

  stop: () => {
    const { operation } = get()
    if (operation === '') return
    set({ operation: '' })
    void ask('operation.cancel', { operation })
  },
}))
