import { daysLeft } from '../../certificate/facts.ts'
import type { PoolView, SiteView, StoreCertificateView } from '../../contract/views.ts'
import { printBinding } from '../../iis/binding.ts'
import { same } from '../../iis/config-element.ts'
import { nameOfCallers } from '../../iis/endpoint.ts'
import type { Site } from '../../iis/site.ts'
import { suggestPoolName, suggestPort, suggestSiteName, sitesOnPort } from '../../iis/suggest.ts'
import type { Machine } from '../../machine/machine.ts'
import { listMachineCertificates } from '../../windows/certificates.ts'
import { judgeForHttps } from '../../windows/judge-certificate.ts'
import { readRegistry, registryValue } from '../../windows/registry.ts'
import { lenient } from './draft.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'
import { checkWebsite } from './website-check.ts'
import { lookAtIisObjects, type OwnedPool, type OwnedSite } from './website-objects.ts'

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
      const caller = nameOfCallers(answers.website ?? {}, answers.publicUrl)
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
            daysLeft: daysLeft(notAfter, now),
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

    'website.check': ({ draft }) => checkWebsite(state, draft),
  }
}

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
