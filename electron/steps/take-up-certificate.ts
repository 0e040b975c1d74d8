import type { Step } from '../setup/step.ts'
import type { RestartedService } from './service-control.ts'

export interface TakeUpInput extends RestartedService {
  /** Address by which this machine reaches the service. */
  readonly localUrl: string
  /** PEM file of an HTTPS certificate to trust. */
  readonly trust?: string
  /** The PFX that the service is to sign with, as a path of this machine. */
  readonly pfx: string
  /** Where the former PFX lies, when the new one does not take its place. */
  readonly formerPfx?: string
  /** The service’s settings on this machine: the client’s secret is read from them. */
  readonly settings: string
  readonly clientId: string
  /** For remedies: what the setup knows and a log may leave out. */
  readonly known?: { readonly user?: string; readonly database?: string; readonly client?: string }
  /** Milliseconds to wait at most, after the restart and, when it is taken back, after that. */
  readonly patienceMs: number
}

/** Restarts the service so that it signs with the key of a new PFX, and proves that it does. */
export const takeUpCertificate: Step<TakeUpInput, never> = {
  kind: 'take-up-certificate',
  inspect: () => Promise.reject(new Error('not yet')),
  preview: () => ({ detail: 'restart' }),
  apply: () => Promise.reject(new Error('not yet')),
  verify: () => Promise.reject(new Error('not yet')),
  undo: () => Promise.reject(new Error('not yet')),
}
