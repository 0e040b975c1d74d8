import { join } from 'node:path'
import { app, session } from 'electron'
import { openBehind } from './desktop/behind.ts'
import { connectPage } from './desktop/calls.ts'
import { closeSession, denyEverywhere } from './desktop/hardening.ts'
import { HOME, registerScheme, servePages } from './desktop/scheme.ts'
import { createWindow } from './desktop/window.ts'
import { builtPages, createPages } from './pages.ts'
import { stateFolder } from './state-folder.ts'

/** The desktop door: Electron's main process. One window, one back end; a second start shows the first window. */
function main(): void {
  const state = stateFolder()
  app.setPath('userData', join(state, 'window'))
  if (!app.requestSingleInstanceLock()) return app.quit()
  registerScheme()
  denyEverywhere()
  void app.whenReady().then(() => open(state))
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

main()
