import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSigningCertificate } from '../../electron/certificate/signing.ts'
import { realMachine } from '../../electron/machine/real.ts'
import { installationFile, installationId, type Installation } from '../../electron/service/installation.ts'
import { Wizard } from './pages/wizard.ts'
import { expectAccessible } from './support/axe.ts'
import { expectFits } from './support/fits.ts'
import { expect, test } from './support/test.ts'

const DAY_MS = 86_400_000

/** A service whose certificate was made some days ago, for as many days. It need not run to be looked at. */
async function standing(stateFolder: string, name: string, made: { ago: number; days: number }) {
  const target = join(stateFolder, name)
  const pfx = join(target, 'openssl.pfx')
  const now = new Date(Date.now() - made.ago * DAY_MS)
  const { random } = realMachine()
  const certificate = await createSigningCertificate({ days: made.days, now, random })
  const record: Installation = {
    version: 1,
    id: installationId(target),
    name,
    hosting: 'iis',
    practice: true,
    target,
    settings: join(target, 'appsettings.json'),
    pfx,
    publicUrl: 'http://localhost:1',
    localUrl: 'http://localhost:1',
    clientId: 'Identity12345678',
    installedAt: now.toISOString(),
  }
  await mkdir(target)
  await writeFile(pfx, certificate.pfx, { mode: 0o600 })
  const file = installationFile(stateFolder, record.id)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, JSON.stringify(record))
}

test('how long certificates hold stands on the first page, with a warning before they end and once they have', async ({
  wizard: page,
  stateFolder,
}) => {
  const { start, replacement } = new Wizard(page)
  await standing(stateFolder, 'Long', { ago: 0, days: 400 })
  await standing(stateFolder, 'Soon', { ago: 0, days: 20 })
  await standing(stateFolder, 'Over', { ago: 40, days: 30 })
  await start.lookAgain.click()
  await expect(start.installation('Long')).toContainText('399 days left')
  await expect(start.installation('Soon')).toContainText('19 days left')
  await expect(start.installation('Over')).toContainText('Ended 10 days ago')
  const marks = (name: string) => start.installation(name).locator('.mark-warning, .mark-failed')
  await expect(marks('Long')).toHaveCount(0)
  await expect(marks('Soon')).toHaveClass(/mark-warning/)
  await expect(marks('Over')).toHaveClass(/mark-failed/)
  await expectAccessible(page)
  await expectFits(page)

  const found = await start.showCertificate('Over')
  await expect(found).toContainText(/ended/i)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await replacement.begin.click()
  await expect(replacement.installation('Soon')).toHaveAccessibleName(/19 days left/)
  await expect(replacement.installation('Over')).toHaveAccessibleName(/Ended 10 days ago/)
})
