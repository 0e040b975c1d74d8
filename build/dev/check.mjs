// npm run check: format, types, lint, rooms, dead code. No warning is let through.
import { ensure } from './ensure.mjs'
import { runTool } from './project.mjs'

const checks = [
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['types', 'tsc', ['--noEmit', '--project', '.']],
  ['lint', 'oxlint', ['--deny-warnings', '.']],
  ['rooms', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'electron', 'renderer', 'test', 'build']],
  ['dead code', 'knip', ['--no-progress', '--no-config-hints']],
]

await ensure()
const results = await Promise.all(checks.map(check))
process.exitCode = results.every(Boolean) ? 0 : 1

async function check([name, tool, args]) {
  const started = Date.now()
  const { code, output } = await runTool(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (code !== 0) console.log(output.trimEnd())
  return code === 0
}
