import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { findElectron, windowed } from './electron.mjs'
import { childEnv, projectNode, run, runTool, toolScript } from './project.mjs'
import { none, readReport } from './report.mjs'

/**
 * Runs one tier of tests and says how many passed, failed and were skipped, and which failed. A run that failed without
 * naming any counts as a failure, too.
 */
export async function runTier(tier, env, leaveOut) {
  const folder = mkdtempSync(join(tmpdir(), 'tier-'))
  const report = join(folder, 'report.json')
  try {
    const { code } = await (tier === 'e2e' ? playwright(report, env, leaveOut) : vitest(tier, report, env))
    const counts = existsSync(report) ? readReport(JSON.parse(readFileSync(report, 'utf8'))) : none
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function vitest(tier, report, env) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return runTool('vitest', ['run', '--config', 'build/vitest.config.ts', '--project', tier, ...reporters], {
    env,
  })
}

/** Both doors where both can open; what cannot be tested here is said. */
async function playwright(report, env, leaveOut) {
  await buildIfStale()
  const electron = await findElectron()
  const chromium = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((path) => path && existsSync(path))
  const script = [toolScript('playwright'), 'test', '--config', 'build/playwright.config.ts']
  const withWindow = electron && (await windowed(projectNode(), script))
  if (!withWindow)
    leaveOut(`e2e/desktop: ${electron ? 'no display and no xvfb-run' : 'Electron could not be fetched'}`)
  if (!chromium && process.platform === 'linux') leaveOut('e2e/browser: no Chromium')
  const projects = [withWindow && 'desktop', (chromium || process.platform !== 'linux') && 'browser'].filter(
    Boolean,
  )
  if (projects.length === 0) return { code: 0 }
  const [command, args] = withWindow ?? [projectNode(), script]
  return run(command, [...args, ...projects.map((project) => `--project=${project}`)], {
    env: childEnv({
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      ...(electron && { ELECTRON_OVERRIDE_DIST_PATH: electron }),
      ...(chromium && { CHROMIUM_PATH: chromium }),
    }),
  })
}
