import { create } from 'zustand'
import type { Answers } from '../../electron/contract/answers.ts'
import type { CertificateView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { track } from '../pending.ts'

export interface CertificateData {
  readonly key: Answers['certificate']['key']
  readonly subject: string
  /** As typed. */
  readonly days: string
}

const emptyCertificate: CertificateData = {
  key: 'RSA-2048',
  subject: 'CN=Identity Service',
  days: '1095',
}

interface CertificateState extends CertificateData {
  readonly view: CertificateView | undefined
  change(data: Partial<CertificateData>): void
  check(): Promise<void>
}

/** The signing certificate to be made. */
export const useCertificate = create<CertificateState>((set, get) => ({
  ...emptyCertificate,
  view: undefined,
  change: (data) => set(data),
  check: () =>
    track(
      (async () => {
        const { key, subject, days } = get()
        const reply = await ask('certificate.check', { key, subject, days: Number(days) })
        const now = get()
        const stale = now.key !== key || now.subject !== subject || now.days !== days
        if (!stale) set({ view: reply.ok ? reply.value : undefined })
      })(),
    ),
}))
