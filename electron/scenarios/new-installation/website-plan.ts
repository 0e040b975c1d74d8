import { join } from 'node:path'
import type { Answers, WebsiteAnswers } from '../../contract/answers.ts'
import type { Binding } from '../../iis/binding.ts'
import { endpointOf } from '../../iis/endpoint.ts'
import type { PoolSpec } from '../../iis/pool-spec.ts'
import { redirectSiteName } from '../../iis/redirect.ts'
import { planned, type PlannedStep } from '../../setup/step.ts'
import { bindCertificate } from '../../steps/bind-certificate.ts'
import { configurePool } from '../../steps/configure-pool.ts'
import { configureSite } from '../../steps/configure-site.ts'
import { openFirewall } from '../../steps/open-firewall.ts'
import { redirectHttp } from '../../steps/redirect-http.ts'
import { removeRedirect } from '../../steps/remove-redirect.ts'
import { setFileRights } from '../../steps/set-rights.ts'
import { startWebsite } from '../../steps/start-website.ts'
import { unbindCertificate } from '../../steps/unbind-certificate.ts'
import type { Facts } from './facts.ts'
import type { Layout } from './layout.ts'
import type { WebsiteFacts } from './website-facts.ts'
import { wantedRights } from './website-rights.ts'
import { tlsSteps } from './website-tls.ts'

/** Bit of a binding’s `sslFlags` for Server Name Indication. */
const SNI = 1

/** By what right the plan changes something that is there: this setup made it before, or it was confirmed by name. */
function claimTo(
  { takeOver = [] }: WebsiteAnswers,
  { ours }: WebsiteFacts,
  thing: string,
): 'ours' | 'confirmed' | 'none' {
  const name = thing.toLowerCase()
  if (ours.has(name)) return 'ours'
  return takeOver.some((each) => each.toLowerCase() === name) ? 'confirmed' : 'none'
}

/** Steps before the files: the application pool, whose account gets rights on them. */
export function poolSteps(website: WebsiteAnswers, facts: WebsiteFacts): PlannedStep[] {
  const { pool, identity } = website
  const spec: PoolSpec = {
    name: pool,
    identity:
      identity.account === 'SpecificUser'
        ? { account: identity.account, user: identity.user, password: facts.poolPassword! }
        : identity,
  }
  return [
    planned(
      configurePool,
      { id: 'configure-pool', title: 'Set up the application pool', group: 'website' },
      { spec, claim: claimTo(website, facts, `pool:${pool}`) },
    ),
  ]
}

/** Steps after the files; the last one starts the website. */
export function websiteSteps(answers: Answers, all: Facts, layout: Layout): PlannedStep[] {
  const website = answers.website!
  const facts = all.website!
  const tls = tlsSteps(website, all, layout)
  const redirect = redirectSteps(website, facts, layout)
  const endpoint = endpointOf(website)
  const steps = [
    planned(
      setFileRights,
      {
        id: 'set-rights',
        title: 'Set the rights of the files',
        group: 'website',
        follows: [
          'configure-pool',
          'extract-service',
          'write-certificate',
          'export-certificate',
          'write-settings',
        ],
      },
      {
        wanted: wantedRights(facts.account, layout, answers.certificate),
        folders: [layout.logs],
        scratch: facts.scratch,
      },
    ),
    ...tls,
    ...noLongerWanted(website, facts),
    planned(
      configureSite,
      { id: 'configure-site', title: 'Set up the website', group: 'website' },
      {
        spec: {
          name: website.site,
          pool: website.pool,
          folder: layout.target,
          bindings: bindingsOf(website),
        },
        mayChange: claimTo(website, facts, `site:${website.site}`) !== 'none',
      },
    ),
    ...(website.https
      ? [
          planned(
            bindCertificate,
            {
              id: 'bind-certificate',
              title: 'Bind the HTTPS certificate',
              group: 'website',
              follows: tls.map(({ id }) => id),
            },
            {
              ...endpoint,
              certificate: layout.tlsCertificate,
              ...(facts.certificate ? { thumbprint: facts.certificate.thumbprint } : {}),
              mayChange: claimTo(website, facts, `certificate:${endpoint.endpoint}`) !== 'none',
            },
          ),
        ]
      : []),
    ...redirect,
    ...firewallSteps(website),
  ]
  const site = website.site
  return [
    ...steps,
    planned(
      startWebsite,
      {
        id: 'start-website',
        title: 'Start the website',
        group: 'website',
        follows: [
          'configure-pool',
          'write-certificate',
          'write-settings',
          'write-web-config',
          ...steps.map(({ id }) => id),
        ],
      },
      { pool: website.pool, sites: [site, ...(redirect.length > 0 ? [redirectSiteName(site)] : [])] },
    ),
  ]
}

/** The site’s own bindings. Http that is only redirected belongs to a site of its own. */
function bindingsOf({ http, https, hostName: host = '' }: WebsiteAnswers): Binding[] {
  const address = '*'
  return [
    ...(http && http.redirect !== true
      ? [{ protocol: 'http' as const, address, port: http.port, host, sslFlags: 0 }]
      : []),
    ...(https
      ? [{ protocol: 'https' as const, address, port: https.port, host, sslFlags: https.sni ? SNI : 0 }]
      : []),
  ]
}

function redirectSteps(website: WebsiteAnswers, facts: WebsiteFacts, layout: Layout): PlannedStep[] {
  const { http, hostName: host = '', site, pool } = website
  if (http?.redirect !== true) return []
  const name = redirectSiteName(site)
  return [
    planned(
      redirectHttp,
      { id: 'redirect-http', title: 'Redirect http to HTTPS', group: 'website' },
      {
        spec: {
          name,
          pool,
          folder: join(layout.target, 'redirect'),
          bindings: [{ protocol: 'http', address: '*', port: http.port, host, sslFlags: 0 }],
          origin: layout.publicUrl,
        },
        mayChange: claimTo(website, facts, `site:${name}`) !== 'none',
      },
    ),
  ]
}

/** What an earlier setup into this folder made beside the site, and these answers do not ask for. */
function noLongerWanted(website: WebsiteAnswers, { ours }: WebsiteFacts): PlannedStep[] {
  const redirect = redirectSiteName(website.site)
  const wanted = website.https ? `certificate:${endpointOf(website).endpoint.toLowerCase()}` : ''
  const endpoints = [...ours].filter((each) => each.startsWith('certificate:') && each !== wanted)
  return [
    ...(website.http?.redirect !== true && ours.has(`site:${redirect.toLowerCase()}`)
      ? [
          planned(
            removeRedirect,
            { id: 'remove-redirect', title: 'Remove the former redirect', group: 'website' },
            { name: redirect },
          ),
        ]
      : []),
    ...endpoints.map((each, index) =>
      planned(
        unbindCertificate,
        {
          id: `unbind-certificate-${index + 1}`,
          title: 'Take back the former HTTPS certificate',
          group: 'website',
        },
        { endpoint: each.slice('certificate:'.length), site: website.site },
      ),
    ),
  ]
}

function firewallSteps({ firewall, site, http, https }: WebsiteAnswers): PlannedStep[] {
  const ports = [https?.port, http?.port].filter((port) => port !== undefined)
  if (firewall !== true) return []
  return [
    planned(
      openFirewall,
      { id: 'open-firewall', title: 'Open Windows Firewall', group: 'website' },
      { name: `IdentityServiceSetup-${site}`, displayName: `Creatio Identity Service (${site})`, ports },
    ),
  ]
}
