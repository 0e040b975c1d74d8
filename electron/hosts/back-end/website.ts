import { hostname } from 'node:os'
import type { WebsiteAnswers } from '../../contract/answers.ts'
import { problemOf, SetupError, type Problem } from '../../contract/problem.ts'
import type {
  FieldNote,
  PoolView,
  SiteView,
  StoreCertificateView,
  WebsiteNotes,
} from '../../contract/views.ts'
import { parseConnectionString } from '../../database/connection-string.ts'
import { loginOfPool } from '../../iis/database-login.ts'
import { printBinding } from '../../iis/binding.ts'
import type { Pool } from '../../iis/pool.ts'
import { listPools } from '../../iis/pools.ts'
import { redirectSiteName } from '../../iis/redirect.ts'
import type { Site } from '../../iis/site.ts'
import { listSites } from '../../iis/sites.ts'
import {
  suggestPoolName,
  suggestPort,
  suggestSiteName,
  sitesOnPort,
  whose,
  whosePool,
  type Owner,
} from '../../iis/suggest.ts'
import type { Machine } from '../../machine/machine.ts'
import { madeBefore } from '../../scenarios/new-installation/made-before.ts'
import { endpointOf } from '../../scenarios/new-installation/website-plan.ts'
import { listInstallations } from '../../service/installation.ts'
import { listMachineCertificates } from '../../windows/certificates.ts'
import { judgeForHttps } from '../../windows/judge-certificate.ts'
import { readRegistry, registryValue } from '../../windows/registry.ts'
import { findSslBinding } from '../../windows/ssl-binding-list.ts'
import { lenient, type Draft } from './draft.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** The Website page: what IIS has, what could be taken, what is to be said about what was typed. */
export function websiteHandlers(state: WizardState): Pick<Handlers, 'website.look' | 'website.check'> {
  return {
    'website.look': async ({ draft }) => {
      const answers = lenient(draft, state.machine.platform)
      const machine = state.session.machineOf(answers)
      const [iis, certificates] = await Promise.all([
        lookAtIisObjects(state, machine, draft),
        listMachineCertificates(machine),
      ])
      const now = machine.clock.now()
      const name = await fullName(machine)
      const { sites, pools, unknown } = iis
      const caller = nameOfCallers(answers.website?.hostName, answers.publicUrl)
      return {
        sites: sites.map(siteView),
        pools: pools.map((pool) => poolView(pool, sites)),
        ...(unknown ? { unknown } : {}),
        certificates: certificates.map((certificate): StoreCertificateView => {
          const { usable, why } = judgeForHttps(certificate, caller, now)
          const { thumbprint, subject, issuer, friendlyName, notAfter, names, selfSigned } = certificate
          return {
            thumbprint,
            subject,
            issuer,
            ...(friendlyName === '' ? {} : { friendlyName }),
            notAfter: notAfter.toISOString(),
            daysLeft: Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS),
            names,
            selfSigned,
            usable,
            ...(why === undefined ? {} : { why }),
          }
        }),
        suggestion: {
          site: suggestSiteName(sites),
          pool: suggestPoolName(pools),
          httpPort: (await suggestPort(machine, sites)) ?? FIRST_PORT,
          httpsPort: await suggestHttpsPort(machine, sites),
          ...(name === undefined ? {} : { hostName: name }),
        },
      }
    },

    'website.check': async ({ draft }) => {
      const answers = lenient(draft, state.machine.platform)
      const { website } = answers
      if (!website) return { notes: [], takeOver: [] }
      const machine = state.session.machineOf(answers)
      const iis = await lookAtIisObjects(state, machine, draft)
      const login = await loginNote(state, draft, website)
      const own = await madeBefore(machine, state.session.stateFolder, answers.service.target)
      const taken = await inTheWay(machine, website, iis, own)
      return {
        notes: [
          ...(await portNotes(machine, website, iis.sites)),
          ...(await nameNotes(machine, website, answers.publicUrl)),
        ],
        ...(login ? { login } : {}),
        takeOver: taken,
      }
    },
  }
}

const DAY_MS = 86_400_000
/** The vendor's example, and ports for HTTPS that installers know. */
const FIRST_PORT = 8090
const HTTPS_PORTS = [443, 8443, 9443, 10_443]

async function suggestHttpsPort(machine: Machine, sites: readonly Site[]): Promise<number> {
  for (const port of HTTPS_PORTS)
    if (sitesOnPort(sites, port).length === 0 && (await machine.network.portFree(port))) return port
  return HTTPS_PORTS[1]!
}

/** This server's name with its domain, as DNS has it; undefined outside a domain. */
async function fullName(machine: Machine): Promise<string | undefined> {
  const values = await readRegistry(
    machine,
    String.raw`HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters`,
  )
  const [name, domain] = ['Hostname', 'Domain'].map((key) => registryValue(values, key))
  return typeof name === 'string' && typeof domain === 'string' && domain !== ''
    ? `${name}.${domain}`.toLowerCase()
    : undefined
}

type OwnedSite = Site & { readonly whose: Owner }
type OwnedPool = Pool & { readonly whose: Owner }

interface IisObjects {
  readonly sites: readonly OwnedSite[]
  readonly pools: readonly OwnedPool[]
  /** Why nothing could be looked at. */
  readonly unknown?: Problem
}

async function lookAtIisObjects(
  { session }: WizardState,
  machine: Machine,
  draft: Draft,
): Promise<IisObjects> {
  const creatio = draft['creatio'] as { folder?: unknown } | undefined
  const folder = typeof creatio?.folder === 'string' ? creatio.folder : undefined
  try {
    const [sites, pools, installations] = await Promise.all([
      listSites(machine),
      listPools(machine),
      listInstallations(machine, session.stateFolder),
    ])
    const known = { installations, ...(folder === undefined ? {} : { creatioFolder: folder }) }
    const owned = sites.map((site) => ({ ...site, whose: whose(site, known) }))
    return {
      sites: owned,
      pools: pools.map((pool) => ({
        ...pool,
        whose: whosePool(pool, sites, known),
      })),
    }
  } catch (error) {
    const problem = error instanceof SetupError ? error.problem : undefined
    if (problem?.code === 'iis.not-elevated') return { sites: [], pools: [], unknown: problem }
    // No IIS yet: Prerequisites says so, and nothing is in it.
    if (problem?.code === 'windows.tool-missing') return { sites: [], pools: [] }
    throw error
  }
}

function siteView({ name, state, bindings, pool, folder, whose: owner }: OwnedSite): SiteView {
  return { name, state: plainState(state), bindings: bindings.map(printBinding), pool, folder, whose: owner }
}

function poolView({ name, state, whose: owner }: OwnedPool, sites: readonly OwnedSite[]): PoolView {
  const own = sites.filter(({ pool }) => same(pool, name)).map((site) => site.name)
  return { name, state: plainState(state), sites: own, whose: owner }
}

function plainState(state: string): SiteView['state'] {
  return state === 'Started' || state === 'Stopped' ? state : 'Unknown'
}

/**
 * What someone else made and this setup would change, each to be confirmed by its name.
 * @param own what earlier setups into the same folder made
 */
async function inTheWay(
  machine: Machine,
  website: WebsiteAnswers,
  { sites, pools }: IisObjects,
  own: ReadonlySet<string>,
): Promise<WebsiteNotes['takeOver']> {
  const isForeign = (thing: string) => !own.has(thing.toLowerCase())
  const site = sites.find(({ name }) => same(name, website.site) && isForeign(`site:${name}`))
  const pool = pools.find(({ name }) => same(name, website.pool) && isForeign(`pool:${name}`))
  const { endpoint } = endpointOf(website)
  const bound = website.https ? await findSslBinding(machine, endpoint) : undefined
  const chosen = website.https?.certificate
  const differs = bound && !(chosen?.from === 'store' && same(chosen.thumbprint, bound.thumbprint))
  return [
    ...(site
      ? [
          {
            id: `site:${site.name}`,
            text: `Change the website ${site.name} (${site.bindings.map(printBinding).join(', ')}; ${site.folder})`,
          },
        ]
      : []),
    ...(pool ? [{ id: `pool:${pool.name}`, text: `Change the application pool ${pool.name}` }] : []),
    ...(differs && isForeign(`certificate:${endpoint}`)
      ? [
          {
            id: `certificate:${endpoint}`,
            text: `Replace the certificate ${bound.thumbprint} of ${endpoint}, also for other websites there`,
          },
        ]
      : []),
  ]
}

async function portNotes(
  machine: Machine,
  { site, http, https, hostName = '' }: WebsiteAnswers,
  sites: readonly OwnedSite[],
): Promise<FieldNote[]> {
  const own = [site, redirectSiteName(site)]
  const wanted = [
    ['website.http.port', http?.port],
    ['website.https.port', https?.port],
  ] as const
  const notes = wanted.map(async ([field, port]): Promise<FieldNote[]> => {
    if (port === undefined) return []
    const bound = sites.filter(({ bindings }) => bindings.some((binding) => binding.port === port))
    const clash = bound.find(
      ({ name, bindings }) =>
        !own.some((each) => same(each, name)) &&
        bindings.some((binding) => binding.port === port && same(binding.host, hostName)),
    )
    if (clash)
      return [{ field, level: 'error', text: `Port ${port} is a binding of the website ${clash.name}.` }]
    if (bound.length > 0 || (await machine.network.portFree(port))) return []
    return [{ field, level: 'error', text: `Port ${port} is used by another program.` }]
  })
  return (await Promise.all(notes)).flat()
}

/** The name by which Creatio will call the service, as far as it is typed. */
function nameOfCallers(hostName: string | undefined, publicUrl: string | undefined): string | undefined {
  return publicUrl !== undefined && URL.canParse(publicUrl) ? new URL(publicUrl).hostname : hostName
}

/** Whether the chosen certificate holds for the name that callers will use. */
async function nameNotes(
  machine: Machine,
  { https, hostName }: WebsiteAnswers,
  publicUrl: string | undefined,
): Promise<FieldNote[]> {
  if (https?.certificate.from !== 'store') return []
  const { thumbprint } = https.certificate
  const certificate = (await listMachineCertificates(machine)).find((each) =>
    same(each.thumbprint, thumbprint),
  )
  const field = 'website.https.certificate.thumbprint'
  if (!certificate)
    return [{ field, level: 'error', text: 'This certificate is no longer in the machine’s store.' }]
  const name = nameOfCallers(hostName, publicUrl)
  const { usable, why } = judgeForHttps(certificate, name, machine.clock.now())
  return usable || why === undefined ? [] : [{ field, level: 'error', text: why }]
}

/** Whom SQL Server will see, when the connection string asks for Windows login. */
async function loginNote(
  state: WizardState,
  draft: Draft,
  { pool, identity }: WebsiteAnswers,
): Promise<WebsiteNotes['login']> {
  const answers = lenient(draft, state.machine.platform)
  if (JSON.stringify(draft['database']) !== JSON.stringify(answers.database)) return undefined
  const database = await state.databaseOf(answers).catch(problemOf)
  if (!('connectionString' in database)) return undefined
  const {
    windowsLogin,
    server,
    database: name,
  } = parseConnectionString(database.connectionString, database.provider)
  if (!windowsLogin) return undefined
  return loginOfPool({ pool, identity, server, database: name, machineName: hostname() })
}

/** Windows compares names without regard to case. */
function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
