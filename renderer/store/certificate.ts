import { create } from 'zustand'
import type {
  CertificateLook,
  CertificateOptionsView,
  PasswordStrength,
} from '../../electron/contract/certificate.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import type { CertificateView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { asksForPassword, sentence } from '../certificate-problems.ts'
import { latestOfSetup } from '../latest.ts'
import { inTurn, track } from '../pending.ts'
import { daysFault } from '../rules.ts'
import { emptyCertificate, type CertificateData } from './certificate-data.ts'
import { useFaults } from './faults.ts'
import type { Draft } from './given.ts'

interface CertificateState extends CertificateData {
  /** What the back end says of the new certificate. */
  readonly view: CertificateView | undefined
  /** What this server and this version of the service take, and the requests that wait. */
  readonly options: CertificateOptionsView | undefined
  readonly optionsProblem: Problem | undefined
  /** The chosen file, once it was looked at; and whether it asked for a password, which it then goes on being asked for. */
  readonly look: CertificateLook | undefined
  readonly looking: boolean
  readonly lookProblem: Problem | undefined
  readonly passwordAsked: boolean
  /** Of the password of `openssl.key`; missing where the page never saw it. */
  readonly strength: PasswordStrength | undefined
  /** Id of the request that the file is being chosen for. */
  readonly completing: string
  /** Whether the part with the file format is open; undefined until someone opened or closed it. */
  readonly further: boolean | undefined
  change(data: Partial<CertificateData>): void
  openFurther(open: boolean): void
  check(): Promise<void>
  findOptions(draft: Draft): Promise<void>
  /** Another file: what was said about the former one goes, and so do its password and key. */
  setFile(file: string): void
  lookAtFile(draft: Draft): Promise<void>
  /** Judges the password of `openssl.key`; of several under way only the last one counts. */
  judge(password: string): Promise<void>
  generate(): Promise<void>
  /** Begins to answer a request with its issued certificate. */
  complete(id: string): void
  forget(id: string, draft: Draft): Promise<Problem | undefined>
}

/** Under which the back end keeps the password of `openssl.key`, typed or generated. */
const pemPasswordName = 'certificate.pem.password'

/** The certificate that signs tokens: made anew, or taken from a file. */
export const useCertificate = create<CertificateState>((set, get) => {
  const beginCheck = latestOfSetup()
  const beginOptions = latestOfSetup()
  const beginLook = latestOfSetup()
  const beginJudgement = latestOfSetup()
  return {
    ...emptyCertificate,
    view: undefined,
    options: undefined,
    optionsProblem: undefined,
    look: undefined,
    looking: false,
    lookProblem: undefined,
    passwordAsked: false,
    strength: undefined,
    completing: '',
    further: undefined,

    change: (data) => set(data),
    openFurther: (further) => set({ further }),

    check: () =>
      track(
        (async () => {
          const { subject, days } = get()
          const valid = daysFault(days) === undefined
          const isLatest = beginCheck()
          const reply = await ask('certificate.check', { subject, ...(valid ? { days: Number(days) } : {}) })
          const now = get()
          if (isLatest() && now.subject === subject && now.days === days)
            set({ view: reply.ok ? reply.value : undefined })
        })(),
      ),

    findOptions: (draft) =>
      track(
        (async () => {
          const isLatest = beginOptions()
          const reply = await ask('certificate.options', { draft })
          if (!isLatest()) return
          set(
            reply.ok
              ? { options: reply.value, optionsProblem: undefined }
              : { optionsProblem: reply.problem },
          )
        })(),
      ),

    setFile: (file) => {
      if (file === get().file) return
      // A look at the former one is of no interest any more.
      beginLook()
      set({
        file,
        privateKey: '',
        password: emptyCertificate.password,
        look: undefined,
        looking: false,
        lookProblem: undefined,
        passwordAsked: false,
      })
    },

    lookAtFile: (draft) =>
      track(
        (async () => {
          const { file, privateKey, password } = get()
          const isLatest = beginLook()
          if (file.trim() === '') return set({ look: undefined, looking: false, lookProblem: undefined })
          set({ looking: true })
          const reply = await ask('certificate.look', {
            file,
            ...(privateKey === '' ? {} : { privateKey }),
            ...(password.ref === '' ? {} : { password: password.ref }),
            draft,
          })
          if (!isLatest()) return
          const problems = reply.ok ? reply.value.problems : [reply.problem]
          const wrong = problems.find(asksForPassword)
          const passwordAsked = get().passwordAsked || wrong !== undefined
          useFaults
            .getState()
            .set('certificate.password', password.ref === '' || !wrong ? undefined : sentence(wrong))
          set({
            looking: false,
            passwordAsked,
            ...(reply.ok
              ? { look: reply.value, lookProblem: undefined }
              : { look: undefined, lookProblem: reply.problem }),
          })
        })(),
      ),

    judge: (password) =>
      track(
        (async () => {
          const isLatest = beginJudgement()
          if (password === '') return set({ strength: undefined })
          const reply = await ask('password.check', { value: password })
          if (isLatest()) set({ strength: reply.ok ? reply.value : undefined })
        })(),
      ),

    generate: () =>
      track(
        inTurn(pemPasswordName, async () => {
          const isLatest = beginJudgement()
          const reply = await ask('password.generate', { name: pemPasswordName })
          if (!reply.ok || !isLatest()) return
          const { secret, length, strength } = reply.value
          set({ pemPassword: { ref: secret, length }, strength })
        }),
      ),

    complete: (id) => {
      get().setFile('')
      set({ completing: id })
    },

    forget: async (id, draft) => {
      const reply = await ask('certificate.forget-request', { id })
      if (!reply.ok) return reply.problem
      if (get().completing === id) set({ completing: '' })
      await get().findOptions(draft)
      return undefined
    },
  }
})
