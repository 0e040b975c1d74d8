// Starts the built program as Electron would, but holds it back until Playwright has attached: one that attaches
// in the middle of the first navigation misses its end and waits forever. Playwright calls `__playwright_run` then.
const { readFileSync } = require('node:fs')
const { join, resolve } = require('node:path')
const { app } = require('electron')

const root = resolve(__dirname, '../../..')
const { main, productName, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
app.setAppPath(root)
app.setName(productName)
app.setVersion(version)

const ready = app.whenReady()
const attached = new Promise((go) => {
  globalThis['__playwright_run'] = go
})
app.whenReady = () => attached.then(() => ready)
require(join(root, main))
