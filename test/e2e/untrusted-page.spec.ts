import { expect, test } from './support/test.ts'

/** What a page could try if someone else's script ran in it. */
test.describe('the page is not trusted', () => {
  test.use({ expectedErrors: /Content Security Policy/ })

  test('it has nothing of Node or Electron but the known calls', async ({ wizard, door }) => {
    const seen = await wizard.evaluate(() => ({
      found: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
      bridge: Object.keys(globalThis.setup ?? {}).toSorted(),
    }))
    expect(seen).toEqual({ found: [], bridge: door === 'desktop' ? ['call', 'onEvent'] : [] })
  })

  test('it cannot run or style anything that was not built', async ({ wizard }) => {
    const result = await wizard.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "ran"'
      const style = document.createElement('style')
      style.textContent = 'body { outline: 7px solid red }'
      document.body.append(script, style)
      return { title: document.title, outline: getComputedStyle(document.body).outlineWidth }
    })
    expect(result.title).not.toBe('ran')
    expect(result.outline).not.toBe('7px')
  })

  test('it reaches no other server, with a request or as a picture', async ({ wizard }) => {
    const reached = await wizard.evaluate(async () => {
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => true,
        () => false,
      )
      const image = new Image()
      const shown = await new Promise((resolve) => {
        image.addEventListener('load', () => resolve(true))
        image.addEventListener('error', () => resolve(false))
        image.src = 'http://127.0.0.1:9/a.png'
      })
      return { fetched, shown }
    })
    expect(reached).toEqual({ fetched: false, shown: false })
  })

  test('it embeds nothing and sends no form', async ({ wizard }) => {
    const home = wizard.url()
    const violated = await wizard.evaluate(async () => {
      const directives: string[] = []
      document.addEventListener('securitypolicyviolation', (event) =>
        directives.push(event.effectiveDirective),
      )
      const frame = document.createElement('iframe')
      frame.src = 'http://127.0.0.1:9/'
      const form = document.createElement('form')
      form.action = 'http://127.0.0.1:9/'
      const object = document.createElement('object')
      object.data = 'http://127.0.0.1:9/'
      document.body.append(frame, form, object)
      form.submit()
      // Each is refused in its own time; what were allowed would have happened in the time after the last one.
      const patience = Date.now() + 15_000
      while (directives.length < 3 && Date.now() < patience)
        await new Promise((resolve) => setTimeout(resolve, 50))
      await new Promise((resolve) => setTimeout(resolve, 300))
      return directives.toSorted()
    })
    expect(violated).toEqual(['form-action', 'frame-src', 'object-src'])
    expect(wizard.url()).toBe(home)
  })
})
