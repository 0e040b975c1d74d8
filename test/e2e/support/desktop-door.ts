import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { _electron, expect, type ElectronApplication } from '@playwright/test'
import type { DoorOptions, OpenWizard, SavedFile } from './door.ts'

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
  return {
    page,
    saved: (press) => savedByDialog(app, stateFolder, press),
    clipboard: () => app.evaluate(({ clipboard }) => clipboard.readText()),
    close: () => app.close(),
    async kill() {
      const ended = once(app.process(), 'exit')
      app.process().kill('SIGKILL')
      await ended
    },
  }
}

/** The Electron that the tests run. */
export function electronPath(): string {
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron'
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const path = folder ? join(folder, name) : String(createRequire(import.meta.url)('electron'))
  if (!existsSync(path)) throw new Error(`There is no Electron at ${path}.`)
  return path
}

/** The system's own dialog cannot be worked by a test: it is answered with a folder and the suggested name. */
async function savedByDialog(
  app: ElectronApplication,
  stateFolder: string,
  press: () => Promise<void>,
): Promise<SavedFile> {
  const folder = await mkdtemp(join(stateFolder, 'saved-'))
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = ((_window: unknown, options: { defaultPath: string }) =>
      Promise.resolve({
        canceled: false,
        filePath: `${chosen}/${options.defaultPath}`,
      })) as typeof dialog.showSaveDialog
  }, folder)
  await press()
  const complete = async () => (await readdir(folder)).filter((name) => !/\.tmp$|~$|^\./.test(name))
  await expect.poll(complete, { timeout: 30_000 }).toHaveLength(1)
  const [name = ''] = await complete()
  return { name, bytes: await readFile(join(folder, name)) }
}
