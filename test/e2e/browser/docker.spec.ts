import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startPostgres, type Postgres } from '../../../electron/practice/postgres.ts'
import { buildIdentityServiceArchive } from '../../system/support/archive.ts'
import { docker, engineOrLeftOut, reachableFromContainers, type Bridge } from '../../system/support/docker.ts'
import { freePort } from '../../free-port.ts'
import { Wizard } from '../pages/wizard.ts'
import { expectAccessible } from '../support/axe.ts'
import { expectFits } from '../support/fits.ts'
import { expect, test as base } from '../support/test.ts'

// One door is enough: what the doors have of their own, the practice installations show.

interface Fixtures {
  /** A PostgreSQL that containers can reach, as a Creatio's folder names it. */
  creatioFolder: string
  /** Name of the container and its image, removed afterwards. */
  container: string
}

const test = base.extend<Fixtures>({
  creatioFolder: async ({ stateFolder }, use) => {
    const folder = join(stateFolder, 'test')
    const database = await startPostgres({ folder: join(folder, 'postgres'), log: () => undefined })
    const bridge = await reachableFromContainers(database.port)
    await use(await creatioFor(join(folder, 'Creatio'), database, bridge))
    await bridge.close()
    await database.stop()
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  container: async ({}, use) => {
    const name = `wizard-test-${randomUUID().slice(0, 8)}`
    await use(name)
    await docker('rm', '-f', name).catch(() => undefined)
    await docker('rmi', '-f', name).catch(() => undefined)
  },
})

async function creatioFor(folder: string, database: Postgres, { host, port }: Bridge): Promise<string> {
  await mkdir(folder, { recursive: true })
  const connection = `Server=${host};Port=${port};Database=${database.database};User ID=${database.user};Password=${database.password.open()};`
  await writeFile(
    join(folder, 'ConnectionStrings.config'),
    `<connectionStrings><add name="db" connectionString="${connection}" /></connectionStrings>`,
  )
  return folder
}

test.beforeEach(async () => {
  test.skip(!(await engineOrLeftOut('e2e/docker')), 'no container engine answers the docker client')
})

test.setTimeout(300_000)

test('a whole installation with Docker, in the window', async ({
  wizard: page,
  creatioFolder,
  container,
  stateFolder,
  saved,
}) => {
  const wizard = new Wizard(page)
  const port = await freePort()
  await wizard.start.newInstallation.click()
  await wizard.expectStep('Service files')
  await wizard.files.giveSource(await buildIdentityServiceArchive())
  await wizard.files.creatioFolder.fill(creatioFolder)
  await wizard.files.target.fill(join(stateFolder, 'IdentityService'))
  await wizard.next.click()
  await wizard.expectStep('Hosting')
  await wizard.hosting.docker.check()
  await wizard.next.click()
  await wizard.expectStep('Prerequisites')
  await wizard.prerequisites.expectNothingStops()
  await wizard.next.click()
  await wizard.expectStep('Database')
  // Beyond the machine itself a connection without TLS is worth a warning, and no more.
  await expect(wizard.database.outcome).toHaveText(/^1 warning, /, { timeout: 30_000 })
  await wizard.next.click()
  await wizard.expectStep('System client')
  await expect(wizard.client.id).toHaveValue(/^\S{16}$/)
  const id = await wizard.client.id.inputValue()
  await wizard.next.click()
  await wizard.expectStep('Certificate')
  await wizard.next.click()

  await wizard.expectStep('Container')
  await wizard.container.name.fill(container)
  await wizard.container.image.fill(container)
  await wizard.container.httpPort.fill('no port')
  await wizard.next.click()
  await expect(wizard.summary).toBeFocused()
  await wizard.container.httpPort.fill(String(port))
  await expectAccessible(page)
  await expectFits(page)
  const typed = await wizard.fields()
  await wizard.next.click()
  await wizard.expectStep('Logging')
  await wizard.back.click()
  await wizard.expectStep('Container')
  expect(await wizard.fields()).toEqual(typed)
  await wizard.next.click()
  await wizard.expectStep('Logging')
  await wizard.next.click()

  await wizard.expectStep('Review')
  await wizard.review.allSteps()
  await wizard.review.commandsTab.click()
  await expect(wizard.review.details).toContainText(container)
  await wizard.review.install.click()
  await wizard.expectProven({ timeout: 200_000 })
  await wizard.next.click()
  await wizard.expectStep('Connect to Creatio')
  await wizard.next.click()
  await wizard.expectStep('Finish', 'The Identity Service is ready')
  const report = await saved(() => wizard.finish.saveJson.click())
  expect(report.bytes.toString()).toContain(id)

  const discovery = await fetch(`http://127.0.0.1:${port}/.well-known/openid-configuration`)
  expect(await discovery.json()).toMatchObject({ issuer: 'creatio.com' })
  expect(await docker('inspect', '-f', '{{.State.Status}}', container)).toBe('running')
})
