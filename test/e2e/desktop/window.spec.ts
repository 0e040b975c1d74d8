import { expect, test } from '../support/test.ts'

test('the page cannot leave the window, open another or be granted a permission', async ({ wizard }) => {
  const home = wizard.url()
  expect(await wizard.evaluate(() => globalThis.open('about:blank') === null)).toBe(true)
  expect(await wizard.evaluate(() => Notification.requestPermission())).toBe('denied')
  await wizard.evaluate(() => location.assign('http://127.0.0.1:9/'))
  await wizard.waitForTimeout(300)
  expect(wizard.url()).toBe(home)
})

test('a link to elsewhere opens nothing, however it is followed', async ({ wizard }) => {
  const home = wizard.url()
  for (const target of ['', '_blank', '_top'])
    await wizard.evaluate((name) => {
      const link = document.createElement('a')
      Object.assign(link, { href: 'http://127.0.0.1:9/', target: name, textContent: 'elsewhere' })
      document.body.append(link)
      link.click()
      link.dispatchEvent(new MouseEvent('click', { ctrlKey: true }))
      link.dispatchEvent(new MouseEvent('auxclick', { button: 1 }))
    }, target)
  await wizard.waitForTimeout(300)
  expect(wizard.url()).toBe(home)
  expect(wizard.context().pages()).toHaveLength(1)
  // Playwright's own waiting would wait for the navigation that was refused.
  expect(await wizard.evaluate(() => document.querySelector('h1') !== null)).toBe(true)
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
