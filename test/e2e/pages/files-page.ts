import type { Locator, Page } from '@playwright/test'

/** Service files: the archive, the target, Creatio's folder. */
export class FilesPage {
  readonly source: Locator
  readonly target: Locator
  readonly creatioFolder: Locator
  readonly found: Locator

  constructor(page: Page) {
    this.source = page.getByRole('textbox', { name: 'IdentityService.zip or its extracted folder' })
    this.target = page.getByRole('textbox', { name: 'Target folder' })
    this.creatioFolder = page.getByRole('textbox', { name: 'Creatio’s folder (optional)' })
    this.found = page.getByRole('region', { name: 'What was found' })
  }

  /** Types a path and leaves the field, which reads what is there. */
  async giveSource(path: string): Promise<void> {
    await this.source.fill(path)
    await this.source.blur()
  }
}
