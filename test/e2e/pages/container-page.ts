import type { Locator, Page } from '@playwright/test'

/** The container: name, settings way, ports. */
export class ContainerPage {
  readonly name: Locator
  readonly image: Locator
  readonly httpPort: Locator
  readonly mountedFile: Locator
  readonly inDockerfile: Locator
  readonly surroundings: Locator
  readonly databaseServer: Locator
  readonly network: Locator

  constructor(page: Page) {
    this.name = page.getByLabel('Container name')
    this.image = page.getByLabel('Image', { exact: true })
    this.httpPort = page.getByLabel('HTTP port', { exact: true })
    this.mountedFile = page.getByRole('radio', { name: /^Mounted file/ })
    this.inDockerfile = page.getByRole('radio', { name: /^ENV in Dockerfile/ })
    this.surroundings = page.getByText('What it reaches')
    this.databaseServer = page.getByLabel('Database server as seen from the container (optional)')
    this.network = page.getByLabel('Docker network (optional)')
  }
}
