import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root, run, works } from './project.mjs'

/** Where a test machine keeps a tool that starts a container engine; absent elsewhere. */
const engineTool = resolve(root, '../shared/tools/container-engine.mjs')
const engineFolder = join(tmpdir(), 'container-engine')

/**
 * An engine for the `docker` client: the one that runs, or one that the machine's tool starts. `env` is what the
 * client needs to reach it; `stop` ends what was started here and leaves alone what ran before. Without an engine
 * `env` is empty: the tests that need one say that they were left out.
 */
export async function containerEngine() {
  const none = { env: {}, stop: async () => {} }
  if ((await works('docker', ['version'])) || !existsSync(engineTool)) return none
  const env = { DOCKER_HOST: `unix://${join(engineFolder, 'docker.sock')}`, DOCKER_BUILDKIT: '0' }
  if (await works('docker', ['version'], { ...process.env, ...env })) return { ...none, env }
  console.error('Starting a container engine for the tests.')
  const { code, output } = await tool('start')
  if (code !== 0) {
    console.error(output)
    return none
  }
  return { env, stop: () => tool('stop') }
}

/** Its output is caught, not inherited: the engine would hold on to this process's own streams. */
function tool(action) {
  return run(process.execPath, [engineTool, action, engineFolder], { stdio: ['ignore', 'pipe', 'pipe'] })
}
