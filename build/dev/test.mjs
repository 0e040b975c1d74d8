// npm test: every tier, or those named: npm test -- unit integration. The last line is the sum.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { containerEngine } from './engine.mjs'
import { ensure } from './ensure.mjs'
import { add, none, sentence } from './report.mjs'
import { runTier } from './tiers.mjs'

const every = ['unit', 'integration', 'e2e', 'system']
const named = process.argv.slice(2)
const unknown = named.filter((tier) => !every.includes(tier))
if (unknown.length > 0) {
  console.error(`There is no tier "${unknown.join('", "')}". Tiers: ${every.join(', ')}.`)
  process.exit(2)
}

await ensure()
const folder = mkdtempSync(join(tmpdir(), 'test-run-'))
/** Tests that need what this machine lacks write a line here: what was left out, and why. */
const leftOutFile = join(folder, 'left-out.txt')
const leaveOut = (line) => appendFileSync(leftOutFile, `${line}\n`)
const tiers = named.length > 0 ? every.filter((tier) => named.includes(tier)) : every
const engine = tiers.some((tier) => tier !== 'unit')
  ? await containerEngine()
  : { env: {}, stop: async () => {} }
const env = { ...engine.env, LEFT_OUT_FILE: leftOutFile }
const results = []
try {
  for (const tier of tiers) {
    console.log(`\n=== ${tier}`)
    results.push([tier, await runTier(tier, env, leaveOut)])
  }
} finally {
  await engine.stop()
}
const leftOut = existsSync(leftOutFile) ? readFileSync(leftOutFile, 'utf8').trim().split('\n') : []
rmSync(folder, { recursive: true, force: true })

const sum = results.map(([, counts]) => counts).reduce(add, none)
console.log('')
// Once more at the end: of a long run often only that is seen.
for (const failure of sum.failures) console.log(`failed: ${failure}`)
for (const test of sum.secondTry) console.log(`passed at the second try only: ${test}`)
for (const [tier, counts] of results) console.log(`${tier}: ${sentence(counts)}`)
for (const line of leftOut) console.log(`left out: ${line}`)
if (tiers.includes('integration') && !process.env.TEST_SQLSERVER_URL)
  console.log('not asked for: a real SQL Server (TEST_SQLSERVER_URL); the responder stands in for it')
const incomplete = process.env.CI === 'true' && (leftOut.length > 0 || sum.skipped > 0)
if (incomplete) console.log('Nothing may be left out here (CI=true).')
console.log(sentence(sum))
process.exitCode = sum.failed > 0 || incomplete ? 1 : 0
