import { expectAccessible } from './support/axe.ts'
import { expect, test } from './support/test.ts'

test('the wizard opens on its start page, readable for everyone', async ({ wizard }) => {
  await expect(wizard).toHaveTitle(/Identity Service Setup/)
  await expect(wizard.getByRole('heading', { level: 1 })).toBeVisible()
  await expectAccessible(wizard)
})
