import fc from 'fast-check'
import type { WebsiteAnswers } from '../../../electron/contract/answers.ts'
import { freePort } from '../../free-port.ts'
import { LOCAL_ACCOUNT, MANAGED_ACCOUNT, type IisPlace } from './iis-place.ts'

/**
 * Ports that nobody listens on, of this test file alone: the simulated IIS refuses to start a site whose port another
 * program has.
 */
export const HTTP = await freePort()
export const HTTPS = await freePort()

/** What an installer may choose on the Website page, before it is known where the PFX lies. */
export interface Wishes {
  readonly account: 'ApplicationPoolIdentity' | 'SpecificUser' | 'gMSA'
  readonly site: string
  readonly pool: string
  readonly host: string | undefined
  readonly certificate: 'none' | 'store' | 'pfx' | 'self-signed'
  readonly sni: boolean
  readonly http: 'none' | 'served' | 'redirected'
  readonly firewall: boolean
}

export const wishes: fc.Arbitrary<Wishes> = fc.record({
  account: fc.constantFrom('ApplicationPoolIdentity', 'SpecificUser', 'gMSA'),
  site: fc.constantFrom('IDServiceWebsite', 'Identity Service 2.0'),
  pool: fc.constantFrom('IDServicePool', 'a-Pool_first', 'Zz pool'),
  host: fc.constantFrom(undefined, 'identity.example.com', 'Identity.Example.com'),
  certificate: fc.constantFrom('none', 'store', 'pfx', 'self-signed'),
  sni: fc.boolean(),
  http: fc.constantFrom('none', 'served', 'redirected'),
  firewall: fc.boolean(),
})

/** Answers that do not contradict themselves: where there is no HTTPS, there is http. */
export function websiteOf(place: IisPlace, wish: Wishes): Partial<WebsiteAnswers> {
  const { account, site, pool, host, certificate, sni, http, firewall } = wish
  const secure = certificate !== 'none'
  return {
    site,
    pool,
    identity: identityOf(account),
    ...(host === undefined ? {} : { hostName: host }),
    ...(secure
      ? { https: { port: HTTPS, sni: sni && host !== undefined, certificate: chosen(place, certificate) } }
      : { development: true }),
    ...(secure && http === 'none' ? {} : { http: { port: HTTP, redirect: secure && http === 'redirected' } }),
    firewall,
  }
}

function identityOf(account: Wishes['account']): WebsiteAnswers['identity'] {
  switch (account) {
    case 'ApplicationPoolIdentity':
      return { account }
    case 'SpecificUser':
      return { account, user: LOCAL_ACCOUNT, password: 'vault:pool' }
    case 'gMSA':
      return { account, user: MANAGED_ACCOUNT }
  }
}

function chosen(
  { pfx, thumbprint }: IisPlace,
  from: Exclude<Wishes['certificate'], 'none'>,
): NonNullable<WebsiteAnswers['https']>['certificate'] {
  switch (from) {
    case 'store':
      return { from, thumbprint }
    case 'pfx':
      return { from, file: pfx, password: 'vault:pfx' }
    case 'self-signed':
      return { from }
  }
}
