import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensure } from './ensure.mjs'
import { childEnv, fail, projectNode, root, run } from './project.mjs'

/** Everything the built program is made of. */
const sources = [
  'electron',
  'renderer',
  'resources',
  'build/bundle.ts',
  'build/bundles.ts',
  'build/renderer.vite.ts',
  'package.json',
  'package-lock.json',
]
const stamp = join(root, 'out', '.built')

/** Builds the program into `out/` when a source is newer than the last build. Says so on standard error. */
export async function buildIfStale() {
  if (isFresh()) return
  await build()
}

async function build() {
  const started = new Date()
  console.error('Building the program (a few seconds).')
  const options = { stdio: ['ignore', 2, 2], env: childEnv() }
  const { code } = await run(projectNode(), [join(root, 'build', 'bundle.ts')], options)
  if (code !== 0) fail(`The build ended with ${code}; see above.`)
  writeFileSync(stamp, '')
  // What changed while it was being built is newer than this, and built next time.
  utimesSync(stamp, started, started)
}

function isFresh() {
  if (!existsSync(stamp)) return false
  const built = statSync(stamp).mtimeMs
  return sources.every((path) => newest(join(root, path)) <= built)
}

/** The latest change below a path. A folder's own time counts too: it tells of files removed. */
function newest(path) {
  if (!existsSync(path)) return 0
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), info.mtimeMs)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensure()
  await build()
}
