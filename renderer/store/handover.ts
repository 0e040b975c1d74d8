import { create } from 'zustand'
import type { CertificateLook } from '../../electron/contract/certificate.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import type { HandOverView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { latestOfSetup } from '../latest.ts'

interface HandOverState {
  readonly view: HandOverView | undefined
  /** The signing certificate that the installation has now. */
  readonly certificate: CertificateLook | undefined
  readonly problem: Problem | undefined
  look(): Promise<void>
  lookAtCertificate(): Promise<void>
}

const beginLook = latestOfSetup()
const beginCertificate = latestOfSetup()

/** What the installer takes along: settings for Creatio, facts for the change ticket. */
export const useHandOver = create<HandOverState>((set, get) => ({
  view: undefined,
  certificate: undefined,
  problem: undefined,
  look: async () => {
    const isLatest = beginLook()
    const reply = await ask('handover.look', {})
    if (!isLatest()) return
    set(reply.ok ? { view: reply.value, problem: undefined } : { problem: reply.problem })
  },
  lookAtCertificate: async () => {
    const installation = get().view?.installation.id
    if (installation === undefined) return
    const isLatest = beginCertificate()
    const reply = await ask('certificate.current', { installation })
    if (isLatest()) set({ certificate: reply.ok ? reply.value : undefined })
  },
}))
