import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServerState } from '../../../../electron/practice/windows/state.ts'
import { Wizard } from '../../pages/wizard.ts'
import { expectAccessible } from '../../support/axe.ts'
import { practiceServer } from '../../support/practice-windows.ts'
import { expect, test } from '../../support/test.ts'

test.setTimeout(300_000)

const right = 'r1ght-w0rd-of-the-pool'
const wrong = 'wr0ng-w0rd-of-the-pool'

const hashOf = (password: string): string => createHash('sha256').update(password).digest('hex')

/** A Windows account made for the service. */
function addAccount(state: ServerState): void {
  state.users.push({
    name: `${state.system.name}\\svc-identity`,
    sid: 'S-1-5-21-1004336348-1177238915-682003330-1105',
    kind: 'local',
    passwordHash: hashOf(right),
    memberOf: [],
  })
}

test('a pool under an account of its own: a wrong password is found before Install and after it, no password is told', async ({
  wizard: page,
  stateFolder,
  saved,
}) => {
  const wizard = new Wizard(page)
  const { website, prerequisites } = wizard
  const server = practiceServer(stateFolder)
  await server.make({ adjust: addAccount })
  const before = await server.configuration()
  await wizard.beginPractice()
  await wizard.toReview(async (name) => {
    if (name !== 'Website') return
    await website.account.selectOption('SpecificUser')
    await wizard.next.click()
    await expect(wizard.summary.getByRole('link')).toHaveText([
      'Enter the user',
      'Enter the password of the account',
    ])
    await website.user.fill(String.raw`.\svc-identity`)
    await website.password.fill(wrong)
  })

  // Whoever goes to Install with it: the pool stops, and Windows' own words say why.
  await wizard.review.install.click()
  await wizard.install.expectFailed()
  await expect(wizard.install.failure).toContainText(/Cause[\s\S]*password/)
  await expect(wizard.install.failure).toContainText(/Event 5021/)
  await expectAccessible(page)
  await wizard.install.rollBack.click()
  await expect(wizard.heading).toHaveText('Rolled back', { timeout: 30_000 })
  expect(await server.configuration()).toBe(before)

  // Prerequisites finds it by itself; with the right one it has nothing to say any more.
  await wizard.install.close.click()
  await wizard.beginPractice()
  const giveAccount = async (password: string) => {
    await website.account.selectOption('SpecificUser')
    await website.user.fill(String.raw`.\svc-identity`)
    await website.password.fill(password)
    await website.password.blur()
  }
  await wizard.toReview(async (name) => {
    if (name === 'Website') await giveAccount(wrong)
  })
  await wizard.openStep('Prerequisites')
  await prerequisites.expectFailures()
  await expect(prerequisites.row('Account of the application pool')).toContainText(
    'does not accept this password',
  )
  await prerequisites.open('Account of the application pool')
  await page.getByRole('button', { name: 'Open Website' }).click()
  await wizard.expectStep('Website')
  await giveAccount(right)
  await wizard.openStep('Prerequisites')
  await expect(prerequisites.row('Account of the application pool')).toContainText(
    'can log on as a batch job',
  )
  // What one check has found is shown while others go on, and Next refuses until all have ended.
  await prerequisites.expectNothingStops()
  await wizard.toReview(undefined, 'Prerequisites')
  await wizard.review.install.click()
  await wizard.expectProven()
  await wizard.goOn('Connect to Creatio')
  await wizard.next.click()
  await wizard.expectStep('Finish', 'The practice run is complete')
  const report = await saved(() => wizard.finish.saveHtml.click())
  expect(report.bytes.toString()).toContain('svc-identity')
  expect(report.bytes.includes(right)).toBe(false)
  expect(await filesWith(stateFolder, [right, wrong])).toEqual([])

  // Somebody changes the password of the account: the next start of the pool fails, and the proof says why.
  await server.change(({ users, runtime }) => {
    users[0] = { ...users[0]!, passwordHash: hashOf('changed') }
    runtime.recycled['IDServicePool'] = (runtime.recycled['IDServicePool'] ?? 0) + 1
  })
  await wizard.finish.anotherSetup.click()
  await wizard.expectPage('Set up or maintain the Identity Service')
  await page.getByRole('button', { name: /^Check IDServiceWebsite/ }).click()
  const results = page.getByRole('region', { name: /^Check of IDServiceWebsite/ })
  await results.getByRole('button', { name: /^Failed Discovery document/ }).click({ timeout: 30_000 })
  await expect(results).toContainText(/Cause[\s\S]*password/)
  await expect(results).toContainText(/WAS 5021/)
})

/** Files below a folder in which one of the secrets stands. */
async function filesWith(folder: string, secrets: readonly string[]): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    if (secrets.some((secret) => bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'utf16le'))))
      found.push(path)
  }
  return found
}
