import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { projectNode, root, run, works } from './project.mjs'

const name = process.platform === 'win32' ? 'electron.exe' : 'electron'

/** Where a test machine keeps a tool that fetches Electron by another way; absent elsewhere. */
const runtimeTool = resolve(root, '../shared/tools/electron-runtime.mjs')

/**
 * The folder of an Electron that can be started: the one named by ELECTRON_OVERRIDE_DIST_PATH, the installed one,
 * or the pinned one after its own installer has fetched it. Undefined when it cannot be had.
 */
export async function findElectron() {
  const folders = [process.env.ELECTRON_OVERRIDE_DIST_PATH, join(root, 'node_modules', 'electron', 'dist')]
  const found = () => folders.find((folder) => folder && existsSync(join(folder, name)))
  if (found()) return found()
  if (existsSync(runtimeTool)) return fetchRuntime()
  console.error('Fetching Electron (once).')
  const installer = join(root, 'node_modules', 'electron', 'install.js')
  await run(projectNode(), [installer], { stdio: ['ignore', 'ignore', 'ignore'], timeout: 300_000 })
  return found()
}

/** The program itself in a folder that {@link findElectron} has found. */
export function electronIn(folder) {
  return join(folder, name)
}

/** Whether a window can be seen here. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** How to start a program that opens windows: directly, on a virtual display, or (undefined) not at all. */
export async function windowed(command, args) {
  if (hasDisplay()) return [command, args]
  return (await works('xvfb-run', ['--help'])) ? ['xvfb-run', ['-a', command, ...args]] : undefined
}

async function fetchRuntime() {
  const { code, output } = await run(process.execPath, [runtimeTool], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return code === 0 ? output.trim() : undefined
}
