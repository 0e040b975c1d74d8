// npm run bench: each file of test/bench measures one thing and prints lines of `name ratio target`.
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
let missed = 0
try {
  for (const file of readdirSync(folder).filter(isWanted)) missed += await measure(join(folder, file))
} finally {
  await engine.stop()
}
process.exitCode = missed === 0 ? 0 : 1

function isWanted(file) {
  return file.endsWith('.bench.ts') && (named.length === 0 || named.includes(file.replace('.bench.ts', '')))
}

/** Prints what one file measured; returns how many figures missed their target, at least 1 when it failed. */
async function measure(file) {
  const command = (await windowed(projectNode(), [file])) ?? [projectNode(), [file]]
  const { code, output } = await run(...command, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  process.stdout.write(output)
  const figures = [...output.matchAll(/^(\S+) ([\d.]+) ([\d.]+)$/gm)]
  const over = figures.filter(([, , ratio, target]) => Number(ratio) > Number(target)).length
  return code === 0 && figures.length > 0 ? over : Math.max(1, over)
}
