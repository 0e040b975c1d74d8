import { Wizard } from './pages/wizard.ts'
import { practiceServer } from './support/practice-windows.ts'
import { expect, test } from './support/test.ts'
import { askPlainly, presentedBy } from './support/tls.ts'
import { freePort } from '../free-port.ts'

test.setTimeout(180_000)

test('IIS with HTTPS by the mouse: a certificate of the store, http redirected, the firewall opened', async ({
  wizard: page,
  stateFolder,
  saved,
}) => {
  const wizard = new Wizard(page)
  const server = practiceServer(stateFolder)
  const port = await freePort()
  await wizard.beginPractice()
  await wizard.toReview(async (name) => {
    if (name !== 'Website') return
    const { website } = wizard
    await website.accessTab.click()
    await website.protocol.selectOption('https')
    await website.httpsPort.fill(String(port))
    await website.http.selectOption('redirect')
    await website.hostName.fill('localhost')
    await website.hostName.blur()
    await website.sni.check()
    await website.firewall.check()

    // All certificates are shown; what cannot be used says why, and cannot be chosen.
    await expect(website.certificates.getByRole('listitem')).toHaveCount(4)
    for (const unusable of ['Practice: expired', 'Practice: without private key', 'Practice: another name']) {
      const row = website.certificate(unusable)
      await expect(row.getByRole('img')).toHaveAccessibleName('Cannot be used')
      // By force: Playwright waits for what says of itself that it is disabled.
      await row.getByRole('radio').click({ force: true })
      await expect(row.getByRole('radio')).not.toBeChecked()
    }
    // One is left that holds for the name: it is taken without being asked for.
    await expect(website.certificate('Practice: this server').getByRole('radio')).toBeChecked()
    await website.hostName.fill('nowhere.example')
    await website.hostName.blur()
    await wizard.next.click()
    await expect(wizard.summary.getByRole('link')).toHaveText(/^Choose another certificate/)
    await website.hostName.fill('localhost')
    await website.hostName.blur()
    await expect(website.certificate('Practice: this server').getByRole('img')).toHaveAccessibleName(
      'Can be used',
    )
    await expect(page.getByText(`Reached at https://localhost:${port}`)).toBeVisible()
  })

  await wizard.review.commandsTab.click()
  for (const command of [
    /appcmd add site/,
    /netsh http add sslcert hostnameport=localhost:/,
    /httpResponseStatus:PermRedirect/,
  ])
    await expect(wizard.review.details).toContainText(command)
  await wizard.review.install.click()
  await wizard.expectProven()
  await wizard.next.click()
  await wizard.expectStep('Connect to Creatio')
  await expect(page.getByText(`https://localhost:${port}`, { exact: true })).toBeVisible()
  await wizard.next.click()
  await wizard.expectStep('Finish', 'The practice run is complete')
  const report = await saved(() => wizard.finish.saveHtml.click())
  expect(report.bytes.toString()).toContain(`https://localhost:${port}`)

  const { certificate, httpPort, firewall } = await server.change((state) => ({
    certificate: state.certificates.find(({ friendlyName }) => friendlyName === 'Practice: this server')!,
    httpPort: Number(
      state.iis.sites
        .flatMap((site) => site.elements['bindings']?.items ?? [])
        .map(({ attributes }) => attributes)
        .find(({ protocol, bindingInformation }) => protocol === 'http' && bindingInformation !== '*:80:')
        ?.['bindingInformation']?.split(':')[1],
    ),
    firewall: state.firewall.flatMap(({ ports }) => ports),
  }))
  expect(await presentedBy(port, 'localhost', certificate.pem)).toEqual({
    thumbprint: certificate.thumbprint,
    accepted: true,
  })
  expect(await askPlainly(httpPort, `localhost:${httpPort}`, '/connect/token')).toEqual({
    status: 308,
    location: `https://localhost:${port}/connect/token`,
  })
  expect(firewall.toSorted()).toEqual([String(port), String(httpPort)].toSorted())
})
