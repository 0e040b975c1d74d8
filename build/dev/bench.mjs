// npm run bench [-- NAME …]: each file of test/bench times one thing against another in the same run and prints lines
// of `name ratio target`, with `missed` behind those above their target. A figure that is missed fails nothing.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { findElectron, windowed } from './electron.mjs'
import { containerEngine } from './engine.mjs'
import { ensure } from './ensure.mjs'
import { childEnv, projectNode, root, run } from './project.mjs'

await ensure()
await buildIfStale()
const electron = await findElectron()
const engine = await containerEngine()
const env = childEnv({ ...engine.env, ...(electron && { ELECTRON_OVERRIDE_DIST_PATH: electron }) })
const folder = join(root, 'test', 'bench')
const named = process.argv.slice(2)
let failed = false
try {
  for (const file of readdirSync(folder).filter(isWanted))
    failed = !(await measure(join(folder, file))) || failed
} finally {
  await engine.stop()
}
process.exitCode = failed ? 1 : 0

function isWanted(file) {
  return file.endsWith('.bench.ts') && (named.length === 0 || named.includes(file.replace('.bench.ts', '')))
}

/** Lets one file measure; false when it could not come to its end. */
async function measure(file) {
  const command = (await windowed(projectNode(), [file])) ?? [projectNode(), [file]]
  return (await run(...command, { env })).code === 0
}
