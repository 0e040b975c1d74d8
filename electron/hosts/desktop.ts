import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app, session } from 'electron'
import { whatToOpen } from './desktop/ask-first.ts'
import { openBehind } from './desktop/behind.ts'
import { connectPage } from './desktop/calls.ts'
import { closeSession, denyEverywhere } from './desktop/hardening.ts'
import { HOME, registerScheme, servePages } from './desktop/scheme.ts'
import { createWindow } from './desktop/window.ts'
import { builtPages, createPages } from './pages.ts'
import { stateFolder } from './state-folder.ts'
import { WORKER_SWITCH } from './worker/arguments.ts'

/** The desktop door: Electron's main process. One window, one back end; a second start shows the first window. */
function main(): void {
  const state = stateFolder()
  app.setPath('userData', join(state, 'window'))
  if (!app.requestSingleInstanceLock()) return app.quit()
  registerScheme()
  denyEverywhere()
  void whatToOpen(app.whenReady()).then(async (choice) => {
    if (choice === 'close') return app.quit()
    await app.whenReady()
    if (choice === 'window') return open(state)
    const { openInBrowser } = await import('./desktop/in-browser.ts')
    return openInBrowser(state)
  })
}

/** The same program, started elevated by a window that is open: no page, no lock, and nothing kept. */
async function work(): Promise<void> {
  // Electron makes a folder for every program, also at its end; this one has nothing to keep. Nobody can guess its name.
  app.setPath('userData', join(tmpdir(), `identity-setup-${randomBytes(16).toString('hex')}`))
  app.disableHardwareAcceleration()
  const { startWorker } = await import('./worker/start.ts')
  app.exit(await startWorker(process.argv))
}

async function open(state: string): Promise<void> {
  closeSession(session.defaultSession)
  servePages(session.defaultSession, createPages(builtPages))
  const window = createWindow()
  const closeBackEnd = connectPage(window, () => openBehind(window, state))
  app.on('second-instance', () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  // However the program is ended, the back end first brings its current step to an end.
  app.on('will-quit', (event) => {
    event.preventDefault()
    void closeBackEnd().finally(() => app.exit(0))
  })
  await window.loadURL(HOME).catch((error: unknown) => {
    // Closed before its page had come.
    if (!window.isDestroyed()) throw error
  })
}

if (process.argv.includes(WORKER_SWITCH)) void work()
else main()
