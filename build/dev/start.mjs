// npm start: the wizard, in its window where one can open, otherwise in the browser.
import { buildIfStale } from './build.mjs'
import { electronIn, findElectron, hasDisplay } from './electron.mjs'
import { ensure } from './ensure.mjs'
import { childEnv, projectNode, root, run } from './project.mjs'

/** Electron that ends sooner than this with an error has not shown a window. Milliseconds. */
const TOO_SOON = 5_000

await ensure()
await buildIfStale()
const whyNot = await openWindow(process.argv.slice(2))
if (whyNot) process.exitCode = await serve(whyNot)

/** Opens the window and waits until it is closed. Returns why there was none, if so. */
async function openWindow(args) {
  if (!hasDisplay()) return 'there is no display here'
  const folder = await findElectron()
  if (!folder) return 'Electron could not be fetched'
  const started = Date.now()
  const { code, signal } = await run(electronIn(folder), [...sandbox(), root, ...args], { env: childEnv() })
  if (code !== 0 && !signal && Date.now() - started < TOO_SOON) return `Electron ended with ${code}`
  process.exitCode = code
  return undefined
}

/** Chromium refuses to run as root on Linux unless its sandbox is off; for anyone else it stays on. */
function sandbox() {
  return process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : []
}

async function serve(why) {
  console.log(`The wizard opens in a browser, because ${why}.`)
  const args = ['electron/hosts/cli.ts', 'serve', ...process.argv.slice(2)]
  return (await run(projectNode(), args, { env: childEnv() })).code
}
