import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import type { DoorOptions, OpenWizard } from './door.ts'

const entry = join(import.meta.dirname, 'electron-entry.cjs')

/** Starts the built program in a real Electron. */
export async function openDesktop({ stateFolder, watch }: DoorOptions): Promise<OpenWizard> {
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: ['--no-sandbox', '--disable-gpu', entry],
    env: { ...process.env, IDENTITY_SETUP_STATE: stateFolder } as Record<string, string>,
  })
  watch(app.context())
  const page = await app.firstWindow()
  await page.waitForLoadState('load')
  return { page, close: () => app.close() }
}

function electronPath(): string {
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron'
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const path = folder ? join(folder, name) : String(createRequire(import.meta.url)('electron'))
  if (!existsSync(path)) throw new Error(`There is no Electron at ${path}.`)
  return path
}
