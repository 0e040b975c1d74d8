import { element } from '../../../../electron/practice/windows/configuration/element.ts'
import type { ServerState } from '../../../../electron/practice/windows/state.ts'
import { Wizard } from '../../pages/wizard.ts'
import { expectAccessible } from '../../support/axe.ts'
import { expectFits } from '../../support/fits.ts'
import { practiceServer } from '../../support/practice-windows.ts'
import { expect, test } from '../../support/test.ts'

test.setTimeout(180_000)

/** A site and a pool that somebody has made by hand, for something else. */
function addByHand({ iis }: ServerState): void {
  iis.pools.push(element({ name: 'Intranet' }))
  iis.poolStates['Intranet'] = 'Started'
  const binding = element({ protocol: 'http', bindingInformation: '*:8181:' })
  const root = element({ path: '/', applicationPool: 'Intranet' })
  root.items.push(element({ path: '/', physicalPath: 'C:\\inetpub\\intranet' }))
  const site = element({ name: 'Intranet', id: '3', serverAutoStart: 'false' })
  iis.sites.push({ ...site, elements: { bindings: { ...element(), items: [binding] } }, items: [root] })
  iis.siteStates['Intranet'] = 'Stopped'
}

test('a site and a pool of somebody else are named, each confirmed by itself, and not touched before', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const { website } = wizard
  const server = practiceServer(stateFolder)
  await server.make({ adjust: addByHand })
  const before = await server.configuration()
  await wizard.beginPractice()
  await wizard.toReview(async (name) => {
    if (name !== 'Website') return
    await website.serverTab.click()
    await expect(website.sites.getByRole('row').filter({ hasText: 'Intranet' })).toContainText('Other')
    await expect(website.sites.getByRole('row').filter({ hasText: 'Creatio' }).first()).toBeVisible()
    await expectAccessible(page)
    await expectFits(page)
    await website.siteTab.click()
    await website.site.fill('intranet')
    await website.pool.fill('Intranet')
    await website.pool.blur()
    await expect(website.inTheWay.getByRole('checkbox')).toHaveCount(2)
    await expect(website.inTheWay).toContainText('http/*:8181:')
    await expectAccessible(page)
    await expectFits(page)

    await wizard.next.click()
    await expect(wizard.summary).toBeFocused()
    await expect(wizard.summary.getByRole('link')).toHaveText([
      'Confirm the site “Intranet”, or enter another name',
      'Confirm the application pool “Intranet”, or enter another name',
    ])
    await website.confirmation(/^Change the website Intranet/).check()
    await wizard.next.click()
    // Next first waits for what is being checked; confirmed any sooner, the pool would let it go on.
    await expect(wizard.summary).toBeFocused()
    await expect(wizard.summary.getByRole('link')).toHaveText([/^Confirm the application pool/])
    await website.confirmation(/^Change the application pool Intranet/).check()
    // A confirmation is about one name: with another one and back again, it is asked for anew.
    await website.site.fill('Other')
    await website.site.blur()
    await expect(website.inTheWay.getByRole('checkbox')).toHaveCount(1)
    await website.site.fill('Intranet')
    await website.site.blur()
    await expect(website.confirmation(/^Change the website Intranet/)).not.toBeChecked()
    await website.confirmation(/^Change the website Intranet/).check()
  })

  await page.getByRole('button', { name: /^Set up the website/ }).click()
  await expect(wizard.review.details).toContainText('Differs, will be changed')
  expect(await server.configuration()).toBe(before)
  await wizard.review.install.click()
  await wizard.expectProven()
  await wizard.finishUp()
  const names = await server.change(({ iis }) => iis.sites.map(({ attributes }) => attributes['name']))
  expect(names).toEqual(['Default Web Site', 'Creatio', 'Intranet'])
})
