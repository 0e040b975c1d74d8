import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, root, run } from './project.mjs'

/**
 * Installs the packages when they are missing or not those of the lock file. What npm says goes to standard error,
 * so that standard output stays the caller's.
 */
export async function ensure() {
  if (isInstalled()) return
  console.error('Installing packages as package-lock.json lists them (once, about a minute).')
  // On Windows npm is a batch file, which only a shell can start.
  const shell = process.platform === 'win32'
  // `npm run --silent` would silence this npm, too.
  const { code } = await run('npm', ['ci', '--loglevel=error'], { stdio: ['ignore', 2, 2], shell })
  if (code !== 0) fail(`npm ci ended with ${code}; see above.`)
}

/** npm notes in its hidden lock file what it has installed, at the end of an installation that went well. */
function isInstalled() {
  const installedFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return false
  const installed = packagesOf(installedFile)
  return Object.entries(packagesOf(join(root, 'package-lock.json')))
    .filter(([path]) => path !== '')
    .every(([path, { version, optional }]) =>
      path in installed ? installed[path].version === version : optional === true,
    )
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages
}
