import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Wizard } from './pages/wizard.ts'
import { practiceFiles } from './support/practice-files.ts'
import { expect, test } from './support/test.ts'

test.setTimeout(180_000)

test('a practice installation with the mouse: every page, proof, report, and the same again', async ({
  wizard: page,
  door,
  stateFolder,
  saved,
  clipboard,
}) => {
  const wizard = new Wizard(page)
  const files = practiceFiles(stateFolder)
  await expect(page).toHaveTitle('Identity Service Setup')
  await wizard.beginPractice()
  await expect(wizard.files.found).toContainText('Dockerfile-OAuth is there')
  await expect(wizard.files.found).toContainText('Entry “db”: PostgreSQL')
  await wizard.next.click()

  await wizard.expectStep('Hosting')
  await expect(wizard.hosting.iis).toBeChecked()
  await wizard.next.click()

  await wizard.expectStep('Prerequisites')
  await wizard.prerequisites.expectNothingStops()
  await wizard.next.click()

  await wizard.expectStep('Database')
  await wizard.database.expectPassed()
  await expect(wizard.database.layers).toHaveText([
    /^Name/,
    /^TCP/,
    /^TLS/,
    /^Login/,
    /^Server/,
    /^Rights/,
    /^Schema/,
  ])
  for (const layer of await wizard.database.layers.all())
    await expect(layer.getByRole('img')).toHaveAccessibleName(/^(Passed|Warning|Not applicable)$/)
  const password = await files.databasePassword()
  await wizard.next.click()

  await wizard.expectStep('System client')
  await expect(wizard.client.id).toHaveValue(/^\S{16}$/)
  const id = await wizard.client.id.inputValue()
  await expect(wizard.client.secret).toHaveValue('•'.repeat(32))
  await wizard.client.showSecret.click()
  await expect(wizard.client.secret).toHaveValue(/^[^•\s]{32}$/)
  const secret = await wizard.client.secret.inputValue()
  await wizard.client.copySecret.click()
  await expect(page.getByText(/^Secret copied\./)).toBeVisible()
  expect(await clipboard()).toBe(secret)
  await wizard.next.click()

  await wizard.expectStep('Certificate')
  await wizard.next.click()
  await wizard.expectStep('Website')
  await wizard.next.click()
  await wizard.expectStep('Logging')
  await wizard.next.click()

  await wizard.expectStep('Review')
  const plan: string[] = []
  for (const step of await wizard.review.allSteps()) {
    await step.click()
    plan.push(await wizard.review.details.innerText())
  }
  await wizard.review.commandsTab.click()
  plan.push(await wizard.review.details.innerText())
  expect(plan.join('\n')).toContain('appsettings.json')
  expect(plan.join('\n')).toContain('[hidden]')
  expectNone(plan.join('\n'), [secret, password])
  await wizard.review.install.click()

  await expect(wizard.heading).toHaveText('Installing')
  await expect(wizard.install.log).toContainText('extract')
  await expect(wizard.next).toBeHidden()
  await wizard.expectProven()
  await wizard.expectStep('Proof')
  for (const check of await wizard.proof.allChecks()) {
    await check.click()
    await expect(wizard.proof.evidence).toContainText('Why')
    expectNone(await wizard.proof.evidence.innerText(), [secret, password])
  }
  await wizard.next.click()

  await wizard.expectStep('Connect to Creatio')
  await expect(page.getByText(id, { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Show client secret' }).click()
  await expect(page.getByText(secret, { exact: true })).toBeVisible()
  const url = await page.getByText(/^http:\/\/localhost:\d+$/).innerText()
  await wizard.next.click()

  await wizard.expectStep('Finish', 'The practice run is complete')
  const html = await saved(() => wizard.finish.saveHtml.click())
  expect(html.name).toMatch(/^identity-setup-\d{4}-\d\d-\d\d\.html$/)
  expect(html.bytes.toString()).toMatch(/^<!doctype html>/i)
  const json = await saved(() => wizard.finish.saveJson.click())
  expect(JSON.parse(json.bytes.toString())).toMatchObject({ practice: true })
  for (const { bytes } of [html, json]) {
    expect(bytes.toString()).toContain(id)
    expectNone(bytes.toString(), [secret, password])
  }
  // A browser prints its own PDF.
  await expect(wizard.finish.savePdf).toBeVisible({ visible: door === 'desktop' })
  if (door === 'desktop') {
    const pdf = await saved(() => wizard.finish.savePdf.click())
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  }

  const discovery = await fetch(`${url}/.well-known/openid-configuration`)
  expect(await discovery.json()).toMatchObject({
    issuer: 'creatio.com',
    token_endpoint: `${url}/connect/token`,
  })
  const token = await fetch(`${url}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
  })
  expect(await token.json()).toMatchObject({ token_type: 'Bearer' })

  // The same once more: what was generated is kept, and no byte changes.
  const written = await files.written()
  await wizard.finish.anotherSetup.click()
  await expect(page.getByText('Found on this server: 1 installation.')).toBeVisible()
  await wizard.practiceToReview()
  await expect(page.getByText('nothing to change')).toBeVisible()
  await wizard.review.install.click()
  await wizard.expectProven()
  expect(await files.written()).toEqual(written)
  expect(await readFile(join(files.target, 'appsettings.json'), 'utf8')).toContain(id)
})

/** Fails without printing the secrets. */
function expectNone(text: string, secrets: readonly string[]): void {
  expect(secrets.filter((secret) => text.includes(secret)).length, 'secrets in the text').toBe(0)
}
