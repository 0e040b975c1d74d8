import type { Locator, Page } from '@playwright/test'

/** The site and its application pool under IIS, in three parts: names and account, addresses and HTTPS, what is there. */
export class WebsitePage {
  readonly siteTab: Locator
  readonly accessTab: Locator
  readonly serverTab: Locator

  readonly site: Locator
  readonly pool: Locator
  readonly account: Locator
  readonly user: Locator
  readonly password: Locator

  readonly protocol: Locator
  readonly httpsPort: Locator
  readonly http: Locator
  readonly httpPort: Locator
  readonly hostName: Locator
  readonly sni: Locator
  readonly publicUrl: Locator
  readonly firewall: Locator
  readonly development: Locator
  readonly certificates: Locator

  /** What belongs to somebody else, each with a box to tick. */
  readonly inTheWay: Locator
  readonly sites: Locator
  readonly pools: Locator

  constructor(page: Page) {
    this.siteTab = page.getByRole('tab', { name: 'Site and pool' })
    this.accessTab = page.getByRole('tab', { name: 'Addresses and HTTPS' })
    this.serverTab = page.getByRole('tab', { name: 'On this server' })

    this.site = page.getByLabel('Site name', { exact: true })
    this.pool = page.getByLabel('Application pool name', { exact: true })
    this.account = page.getByLabel('Account of the pool')
    this.user = page.getByLabel('User', { exact: true })
    this.password = page.getByLabel('Password', { exact: true })

    this.protocol = page.getByLabel('Protocol', { exact: true })
    this.httpsPort = page.getByLabel('HTTPS port', { exact: true })
    this.http = page.getByLabel('Plain HTTP', { exact: true })
    this.httpPort = page.getByLabel('HTTP port', { exact: true })
    this.hostName = page.getByLabel('Host header (optional)')
    this.sni = page.getByRole('checkbox', { name: /^Server Name Indication/ })
    this.publicUrl = page.getByLabel('Identity Service URL (optional)')
    this.firewall = page.getByRole('checkbox', { name: 'Open the ports in Windows Firewall' })
    this.development = page.getByRole('checkbox', { name: 'This is a development environment' })
    this.certificates = page.getByRole('list', { name: 'Certificates of this server' })

    this.inTheWay = page.getByRole('region', { name: 'In the way' })
    this.sites = page.getByRole('region', { name: 'Sites', exact: true })
    this.pools = page.getByRole('region', { name: 'Application pools', exact: true })
  }

  /** The row of a certificate of the store, by what it says. */
  certificate(text: string | RegExp): Locator {
    return this.certificates.getByRole('listitem').filter({ hasText: text })
  }

  /** The box that lets the setup change what belongs to somebody else. */
  confirmation(name: string | RegExp): Locator {
    return this.inTheWay.getByRole('checkbox', { name })
  }
}
