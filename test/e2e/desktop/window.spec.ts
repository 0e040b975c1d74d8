import { expect, test } from '../support/test.ts'

test('the page cannot leave the window, open another or be granted a permission', async ({ wizard }) => {
  const home = wizard.url()
  expect(await wizard.evaluate(() => globalThis.open('about:blank') === null)).toBe(true)
  expect(await wizard.evaluate(() => Notification.requestPermission())).toBe('denied')
  await wizard.evaluate(() => location.assign('http://127.0.0.1:9/'))
  await wizard.waitForTimeout(300)
  expect(wizard.url()).toBe(home)
})

test('a call that does not exist, or does not fit, is refused with words', async ({ wizard }) => {
  const reply = await wizard.evaluate(() => globalThis.setup?.call('service.look', { source: '' }))
  expect(reply).toMatchObject({ ok: false, problem: { code: 'call.input' } })
  const unknown = wizard.evaluate(() => globalThis.setup?.call('nope' as 'host.look', {}))
  await expect(unknown).rejects.toThrow('There is no call')
})

test('the window has the size that the pages are made for', async ({ wizard }) => {
  expect(await wizard.evaluate(() => [innerWidth, innerHeight])).toEqual([1024, 720])
})
