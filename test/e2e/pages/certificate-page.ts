import type { Locator, Page } from '@playwright/test'

/** The signing certificate: made anew, taken from a file, or asked for at an authority. */
export class CertificatePage {
  readonly makeNew: Locator
  readonly useIssued: Locator
  readonly key: Locator
  readonly hash: Locator
  readonly days: Locator
  readonly subject: Locator
  readonly file: Locator
  readonly privateKey: Locator
  readonly password: Locator
  /** The line that opens the file format and the further files. */
  readonly further: Locator
  readonly profile: Locator
  readonly cer: Locator
  readonly pem: Locator
  readonly pemPassword: Locator
  readonly generatePassword: Locator
  /** How good the password is, in words. */
  readonly strength: Locator
  /** What is in the chosen file. */
  readonly look: Locator
  readonly createRequest: Locator
  /** The dialog that makes a request, and then says where it is. */
  readonly requestDialog: Locator
  readonly requestFolder: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.makeNew = page.getByRole('radio', { name: /^Make a new certificate/ })
    this.useIssued = page.getByRole('radio', { name: /^Use an issued certificate/ })
    const main = page.getByRole('region', { name: 'Certificate', exact: true })
    this.key = main.getByLabel('Key', { exact: true })
    this.hash = main.getByLabel('Hash', { exact: true })
    this.days = main.getByLabel('Valid for', { exact: true })
    this.subject = main.getByLabel('Subject', { exact: true })
    this.file = main.getByRole('textbox', { name: 'Certificate file' })
    this.privateKey = main.getByRole('textbox', { name: 'Private key file' })
    this.password = main.getByLabel('Password', { exact: true })
    this.further = main.getByText('File format and further files')
    this.profile = main.getByLabel('Encryption of the PFX file')
    this.cer = main.getByRole('checkbox', { name: /^openssl\.cer/ })
    this.pem = main.getByRole('checkbox', { name: /^openssl\.crt and openssl\.key/ })
    this.pemPassword = main.getByLabel('Password of openssl.key', { exact: true })
    this.generatePassword = main.getByRole('button', { name: 'Generate a password' })
    this.strength = main.getByRole('status').filter({ hasText: /guessing the password takes/ })
    this.look = page.getByRole('region', { name: 'What is in it' })
    this.createRequest = main.getByRole('button', { name: 'Create a request…' })
    this.requestDialog = page.getByRole('dialog')
    // The window has a button beside the field, which is named after it.
    this.requestFolder = this.requestDialog.getByRole('textbox', { name: 'Folder for the request' })
  }

  /** A request that waits for its answer, by its subject. */
  request(subject: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: subject })
  }
}
