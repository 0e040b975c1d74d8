import { create } from 'zustand'
import type { WebsiteAnswers } from '../../electron/contract/answers.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import type { WebsiteNotes, WebsiteView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { latestOfSetup } from '../latest.ts'
import { track } from '../pending.ts'
import type { Draft } from './given.ts'
import { noSecret, type SecretSlot } from './secret-slot.ts'

export type WebsiteTab = 'site' | 'access' | 'server'

export interface WebsiteData {
  readonly site: string
  readonly pool: string
  readonly account: WebsiteAnswers['identity']['account']
  /** Of `SpecificUser`. */
  readonly user: string
  readonly password: SecretSlot
  /** Of `gMSA`, as `DOMAIN\name$`. */
  readonly managedUser: string
  readonly hostName: string
  readonly https: boolean
  readonly httpsPort: string
  readonly sni: boolean
  readonly certificate: CertificateSource
  /** Of a certificate of the machine's store. */
  readonly thumbprint: string
  readonly pfx: string
  readonly pfxPassword: SecretSlot
  readonly http: 'none' | 'redirect' | 'keep'
  readonly httpPort: string
  readonly firewall: boolean
  readonly development: boolean
  /** Ids of what others made and this setup may change. */
  readonly takeOver: readonly string[]
  /** The Identity Service URL, a part of its own in the answers; asked beside the ports it is made from. */
  readonly publicUrl: string
}

type CertificateSource = NonNullable<WebsiteAnswers['https']>['certificate']['from']

export const emptyWebsite: WebsiteData = {
  site: '',
  pool: '',
  account: 'ApplicationPoolIdentity',
  user: '',
  password: noSecret,
  managedUser: '',
  hostName: '',
  https: true,
  httpsPort: '',
  sni: false,
  certificate: 'store',
  thumbprint: '',
  pfx: '',
  pfxPassword: noSecret,
  http: 'none',
  httpPort: '',
  firewall: false,
  development: false,
  takeOver: [],
  publicUrl: '',
}

interface WebsiteState extends WebsiteData {
  readonly tab: WebsiteTab
  readonly view: WebsiteView | undefined
  readonly looking: boolean
  readonly problem: Problem | undefined
  readonly notes: WebsiteNotes['notes']
  readonly login: WebsiteNotes['login']
  /** What stands in the way and belongs to someone else. */
  readonly inTheWay: WebsiteNotes['takeOver']
  openTab(tab: WebsiteTab): void
  change(data: Partial<WebsiteData>): void
  confirm(id: string, confirmed: boolean): void
  /** What is on this server, and values for what is not typed yet. */
  look(draft: Draft): Promise<void>
  check(draft: Draft): Promise<void>
}

/** The IIS site and its application pool: their names, the account, and how the service is reached. */
export const useWebsite = create<WebsiteState>((set, get) => {
  const beginLook = latestOfSetup()
  const beginCheck = latestOfSetup()
  return {
    ...emptyWebsite,
    tab: 'site',
    view: undefined,
    looking: false,
    problem: undefined,
    notes: [],
    login: undefined,
    inTheWay: [],

    openTab: (tab) => set({ tab }),
    change: (data) => set({ ...data, takeOver: stillMeant(get(), data) }),
    confirm: (id, confirmed) => {
      const others = get().takeOver.filter((known) => known !== id)
      set({ takeOver: confirmed ? [...others, id] : others })
    },

    look: (draft) =>
      track(
        (async () => {
          const isLatest = beginLook()
          set({ looking: true })
          const reply = await ask('website.look', { draft })
          if (!isLatest()) return
          if (!reply.ok) return set({ looking: false, problem: reply.problem })
          set({ looking: false, problem: undefined, view: reply.value, ...suggested(get(), reply.value) })
        })(),
      ),

    check: (draft) =>
      track(
        (async () => {
          const isLatest = beginCheck()
          const reply = await ask('website.check', { draft })
          if (!isLatest() || !reply.ok) return
          const { notes, login, takeOver } = reply.value
          set({ notes, login, inTheWay: takeOver })
        })(),
      ),
  }
})

/** Values for what is still empty. A certificate is taken unasked only when there is no choice to make. */
function suggested(data: WebsiteData, view: WebsiteView): Partial<WebsiteData> {
  const { site, pool, httpPort, httpsPort } = view.suggestion
  const usable = view.certificates.filter((certificate) => certificate.usable)
  return {
    site: data.site || site,
    pool: data.pool || pool,
    httpPort: data.httpPort || String(httpPort),
    httpsPort: data.httpsPort || String(httpsPort),
    thumbprint: data.thumbprint || (usable.length === 1 ? usable[0]!.thumbprint : ''),
  }
}

/** A confirmation is about what it named: with another name or address it is asked for anew. */
function stillMeant(before: WebsiteData, change: Partial<WebsiteData>): readonly string[] {
  const changed = (...keys: readonly (keyof WebsiteData)[]) =>
    keys.some((key) => change[key] !== undefined && change[key] !== before[key])
  const given = change.takeOver ?? before.takeOver
  return given.filter(
    (id) =>
      !(id.startsWith('site:') && changed('site')) &&
      !(id.startsWith('pool:') && changed('pool')) &&
      !(id.startsWith('certificate:') && changed('https', 'httpsPort', 'sni', 'hostName')),
  )
}

const siteTab = /^website\.(site|pool|identity)\b/

/** The part of the page that asks for a path of the answers. What is in the way stands above all of them. */
export function tabOfPath(path: string): WebsiteTab | undefined {
  if (path === 'publicUrl') return 'access'
  if (siteTab.test(path)) return 'site'
  return /^website\.(?!takeOver\b)/.test(path) ? 'access' : undefined
}
