import { join } from 'node:path'
import type { Answers, WebsiteAnswers } from '../../contract/answers.ts'
import type { Binding } from '../../iis/binding.ts'
import type { PoolSpec } from '../../iis/pool-spec.ts'
import { redirectSiteName } from '../../iis/redirect.ts'
import { planned, type PlannedStep } from '../../setup/step.ts'
import { bindCertificate } from '../../steps/bind-certificate.ts'
import { configurePool } from '../../steps/configure-pool.ts'
import { configureSite } from '../../steps/configure-site.ts'
import { exportTlsCertificate } from '../../steps/export-tls-certificate.ts'
import { importTlsCertificate } from '../../steps/import-tls-certificate.ts'
import { openFirewall } from '../../steps/open-firewall.ts'
import { redirectHttp } from '../../steps/redirect-http.ts'
import { removeRedirect } from '../../steps/remove-redirect.ts'
import { setFileRights } from '../../steps/set-rights.ts'
import { startWebsite } from '../../steps/start-website.ts'
import { unbindCertificate } from '../../steps/unbind-certificate.ts'
import { writeStoreCertificate } from '../../steps/write-store-certificate.ts'
import { writeTlsCertificate } from '../../steps/write-tls-certificate.ts'
import type { WantedRights } from '../../windows/rights.ts'
import { WELL_KNOWN } from '../../windows/sids.ts'
import type { Facts } from './facts.ts'
import type { Layout } from './layout.ts'
import type { WebsiteFacts } from './website-facts.ts'

/** Bit of a binding’s `sslFlags` for Server Name Indication. */
const SNI = 1

/** The endpoint of HTTP.sys that an https binding needs: of a name with SNI, else of the port on all addresses. */
export function endpointOf({ hostName, https }: WebsiteAnswers): { endpoint: string; kind: 'ip' | 'sni' } {
  const port = https?.port ?? 443
  return https?.sni === true && hostName !== undefined
    ? { endpoint: `${hostName}:${port}`, kind: 'sni' }
    : { endpoint: `0.0.0.0:${port}`, kind: 'ip' }
}

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
  const steps = [
    planned(
      setFileRights,
      {
        id: 'set-rights',
        title: 'Set the rights of the files',
        group: 'website',
        follows: ['configure-pool', 'extract-service', 'write-certificate', 'write-settings'],
      },
      {
        wanted: wantedRights(facts, layout),
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
              ...endpointOf(website),
              certificate: layout.tlsCertificate,
              ...(facts.certificate ? { thumbprint: facts.certificate.thumbprint } : {}),
              mayChange: claimTo(website, facts, `certificate:${endpointOf(website).endpoint}`) !== 'none',
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

/** A file with secrets: for the account that needs it, and otherwise for administrators and Windows alone. */
export function secretFileRights(path: string, account: WebsiteFacts['account']): WantedRights {
  return {
    path,
    kind: 'file',
    exact: true,
    grants: [
      { sid: WELL_KNOWN.system, name: 'SYSTEM', rights: 'F' },
      { sid: WELL_KNOWN.administrators, name: 'Administrators', rights: 'F' },
      { ...account, rights: 'R' },
    ],
  }
}

function wantedRights({ account }: WebsiteFacts, layout: Layout): WantedRights[] {
  const grant = (rights: 'R' | 'RX' | 'M') => [{ ...account, rights }]
  return [
    { path: layout.target, kind: 'folder', exact: false, grants: grant('RX') },
    { path: layout.logs, kind: 'folder', exact: false, grants: grant('M') },
    secretFileRights(layout.pfx, account),
    secretFileRights(layout.settings, account),
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

/** The certificate as a file without its key, and, where it is not there yet, with its key in the machine’s store. */
function tlsSteps({ https }: WebsiteAnswers, facts: Facts, layout: Layout): PlannedStep[] {
  if (!https) return []
  const { tlsPfx, tlsCertificate: certificate } = layout
  const about = {
    id: 'write-tls-certificate',
    title: 'Write the HTTPS certificate',
    group: 'certificate',
  } as const
  const bring = (pfx: string) =>
    planned(
      importTlsCertificate,
      {
        id: 'import-tls-certificate',
        title: 'Import the HTTPS certificate',
        group: 'certificate',
        follows: ['write-tls-certificate'],
      },
      { pfx, certificate, ...(facts.tlsPassword ? { password: facts.tlsPassword } : {}) },
    )
  switch (https.certificate.from) {
    case 'store': {
      const { thumbprint, subject, pem, chainPem } = facts.website!.certificate!
      const chain = [pem, ...chainPem].map((each) => each.trim()).join('\n')
      return [planned(writeStoreCertificate, about, { thumbprint, subject, pem: `${chain}\n`, certificate })]
    }
    case 'pfx': {
      const { file: pfx } = https.certificate
      const password = facts.tlsPassword ? { password: facts.tlsPassword } : {}
      return [planned(exportTlsCertificate, about, { pfx, certificate, ...password }), bring(pfx)]
    }
    case 'self-signed': {
      const { hostname } = new URL(layout.publicUrl)
      const hosts = [...new Set([hostname.replace(/^\[|\]$/g, ''), 'localhost', '127.0.0.1'])]
      return [planned(writeTlsCertificate, about, { pfx: tlsPfx, certificate, hosts }), bring(tlsPfx)]
    }
  }
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
        { endpoint: each.slice('certificate:'.length) },
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
