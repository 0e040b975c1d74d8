// oxlint-disable-next-line import/no-unassigned-import -- it replaces what makes keys before anything else is loaded
import '../quick-certificates.ts'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import type { CheckReport } from '../../../electron/contract/check.ts'
import { prerequisitesOf } from '../../../electron/hosts/session/scenarios.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { element } from '../../../electron/practice/windows/configuration/element.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import type { ServerState } from '../../../electron/practice/windows/state.ts'
import { emptyTarget } from '../run/file-run.ts'
import { put } from './foreign.ts'
import {
  everything,
  iisAnswers,
  IisLife,
  inIisPlace,
  machineIn,
  SECRETS,
  type IisPlace,
} from './iis-place.ts'
import { HTTP, websiteOf, type Wishes } from './website-answers.ts'

const WISH: Wishes = {
  account: 'SpecificUser',
  site: 'IDServiceWebsite',
  pool: 'IDServicePool',
  host: 'identity.example.com',
  certificate: 'store',
  sni: true,
  http: 'redirected',
  firewall: true,
}

interface Broken {
  readonly options?: PracticeWindowsOptions
  readonly wish?: Partial<Wishes>
  /** Breaks what is not in the simulated server; gives back what mends it. */
  readonly around?: (place: IisPlace) => Promise<() => void>
  /** The check that has to fail, and what it has to say. */
  readonly found: readonly [id: string, words: RegExp]
  /** It may be in order all the same, so the installer is warned. */
  readonly warns?: true
}

const adjust = (work: (state: ServerState) => void): PracticeWindowsOptions => ({ adjust: work })

const BROKEN: Readonly<Record<string, Broken>> = {
  'the module is missing': {
    options: { module: 'missing' },
    found: ['iis.module', /is not installed/],
  },
  'the hosting bundle came before IIS': {
    options: { module: 'before-iis' },
    found: ['iis.module', /installed before IIS/],
  },
  'the runtime is missing': {
    options: { runtimes: ['6.0.36', '9.0.1'] },
    found: ['iis.runtime', /8\.0\.\d+ is not installed/],
  },
  'a feature is missing': {
    options: { withoutFeatures: ['IIS-HttpErrors'] },
    found: ['iis.features', /A feature of IIS is off/],
  },
  'the feature for the redirect is missing': {
    options: { withoutFeatures: ['IIS-HttpRedirect'] },
    found: ['iis.features', /A feature of IIS is off/],
  },
  'the services of IIS are stopped': {
    options: { wasStopped: true },
    found: ['iis.services', /stopped/],
  },
  'the password of the account is another one': {
    options: adjust((state) => {
      state.users = state.users.map((user) =>
        user.kind === 'local' ? { ...user, passwordHash: 'ab'.repeat(32) } : user,
      )
    }),
    found: ['iis.pool-account', /does not accept this password/],
  },
  // The account may be one of the administrators, which nobody asks here.
  'only administrators may log on as a batch job': {
    options: adjust(({ privileges }) => {
      privileges['SeBatchLogonRight'] = ['S-1-5-32-544']
    }),
    found: ['iis.pool-account', /right to log on as a batch job could not be looked at/],
    warns: true,
  },
  'the account is refused logging on as a batch job': {
    options: adjust(({ privileges }) => {
      privileges['SeDenyBatchLogonRight'] = ['S-1-5-32-568']
    }),
    found: ['iis.pool-account', /may not log on as a batch job/],
  },
  'the port is a binding of another website': {
    options: adjust(({ iis }) => {
      iis.sites[0]!.elements['bindings']!.items.push(
        element({ protocol: 'http', bindingInformation: `*:${HTTP}:identity.example.com` }),
      )
    }),
    found: ['network.ports', /is a binding of the website Default Web Site/],
  },
  'the port is used by another program': {
    async around() {
      const server = createServer().listen(HTTP, '0.0.0.0')
      await once(server, 'listening')
      return () => void server.close()
    },
    found: ['network.ports', /is used by/],
  },
  'a website of that name is somebody else’s': {
    options: adjust((state) => put(state, { site: { state: 'Started', bindings: ['http/*:18091:'] } }, WISH)),
    found: ['iis.names', /IDServiceWebsite: there already/],
  },
  'the pool serves another application': {
    options: adjust(({ iis }) => {
      iis.pools.push(element({ name: WISH.pool }))
      iis.poolStates[WISH.pool] = 'Started'
      iis.sites[0]!.items[0]!.attributes['applicationPool'] = WISH.pool
    }),
    found: ['iis.names', /already serves Default Web Site/],
  },
  'another certificate is bound': {
    options: adjust((state) => put(state, { certificate: { store: 'MY' } }, WISH)),
    found: ['iis.https-certificate', /Another certificate is bound to identity\.example\.com/],
  },
  'the key of the certificate is not the machine’s': {
    options: adjust((state) => {
      state.certificates = state.certificates.map((each) => ({ ...each, keyUsable: false }))
    }),
    found: ['iis.https-certificate', /key/],
  },
  'the certificate in the PFX has expired': {
    wish: { certificate: 'pfx' },
    async around({ pfx }) {
      const { random, clock, files } = realMachine()
      const now = new Date(clock.now().getTime() - 100 * 86_400_000)
      const made = await createTlsCertificate({ hosts: ['old.example'], days: 90, now, random })
      await files.write(pfx, made.pfx)
      return () => {}
    },
    found: ['iis.https-certificate', /ended on/],
  },
}

async function reportsIn(place: IisPlace, wish: Wishes): Promise<readonly CheckReport[]> {
  const life = new IisLife(machineIn(place), place)
  const prepared = await life.prepare(iisAnswers(place, websiteOf(place, wish)))
  return life.session.redactChecks(await prerequisitesOf(prepared))
}

/** Nobody runs a database here. */
const failedIn = (reports: readonly CheckReport[]) =>
  reports.filter(({ status, id }) => status === 'failed' && !id.startsWith('database'))

test('a server with everything that is needed passes', async () => {
  await inIisPlace(emptyTarget, {}, async (place) => {
    expect(failedIn(await reportsIn(place, WISH))).toEqual([])
  })
})

test.each(Object.entries(BROKEN))('%s: said before anything is changed', async (_, broken) => {
  await inIisPlace(emptyTarget, broken.options ?? {}, async (place) => {
    const mend = await broken.around?.(place)
    try {
      const before = await everything(place)
      const reports = await reportsIn(place, { ...WISH, ...broken.wish })
      const [id, words] = broken.found
      expect(failedIn(reports).map((each) => each.id)).toEqual(broken.warns ? [] : [id])
      const report = reports.find((each) => each.id === id)
      expect(report!.status).toBe(broken.warns ? 'warning' : 'failed')
      expect(report!.summary).toMatch(words)
      expect(report!.remedy!.text).toMatch(/^[A-Z][a-z]+ .*\.$/)
      expect(JSON.stringify(reports)).not.toContain(SECRETS.pool)
      expect(await everything(place)).toEqual(before)
      // The scratch folder is left empty.
      expect(await machineIn(place).files.list(join(place.stateFolder, 'scratch'))).toEqual([])
    } finally {
      mend?.()
    }
  })
})
