import { Wizard } from '../pages/wizard.ts'
import { expectAccessible } from '../support/axe.ts'
import { expectFits } from '../support/fits.ts'
import { installPractice } from '../support/practice-installation.ts'
import { expect, test } from '../support/test.ts'

// One door is enough for what a page does by itself.

test.setTimeout(240_000)

test('a client that the database has with another secret: refused, then replaced, and proven', async ({
  wizard: page,
  stateFolder,
}) => {
  const wizard = new Wizard(page)
  const { client } = wizard
  const elsewhere = await installPractice(stateFolder, 'Elsewhere')
  const former = await elsewhere.client()
  const secret = 'Another-Secret-of-32-Characters!'

  await wizard.beginPractice()
  await wizard.toReview(async (name) => {
    if (name === 'Database')
      await expect(wizard.database.contents).toContainText('Another Identity Service may use this database')
    if (name !== 'System client') return
    await client.id.fill(former.id)
    await client.secret.fill(secret)
    await client.secret.blur()
    await expect(client.existing).toContainText(/Creatio, row \d+ of Clients, made/)
    await wizard.next.click()
    await expect(wizard.summary).toBeFocused()
    await expect(wizard.summary.getByRole('link')).toHaveText([/has this client with another secret/])
    await expectAccessible(page)
    await expectFits(page)

    // With its own secret it is used again; with another ID there is nothing in the way.
    await client.secret.fill(former.secret)
    await client.secret.blur()
    await expect(page.getByText('It is used again, and its rows stay.')).toBeVisible()
    await expect(wizard.summary).toBeHidden()
    await client.secret.fill(secret)
    await client.secret.blur()
    await client.generateAnotherId.click()
    await expect(client.existing).toBeHidden()
    // The secret stays what was typed.
    await client.id.fill(former.id)
    await client.id.blur()
    await client.replaceExisting.check()
  })
  await expect(wizard.review.steps.filter({ hasText: 'Remove the client from the database' })).toBeVisible()
  await wizard.review.install.click()
  await wizard.expectProven()
  expect(await elsewhere.ask({ id: former.id, secret })).toBe('Bearer')
  expect(await elsewhere.ask(former)).toBe('invalid_client')

  // Another ID for it is another one, although its folder was looked at before.
  await wizard.finishUp()
  await wizard.beginClientChange('IDServiceWebsite')
  await wizard.goOn('New client')
  await wizard.clientChange.generateId.click()
  await expect(wizard.clientChange.id).toHaveValue(/^\S{16}$/)
  await expect(wizard.clientChange.id).not.toHaveValue(former.id)
})
