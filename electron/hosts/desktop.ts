import { join } from 'node:path'
import { app, session } from 'electron'
import { realMachine } from '../machine/real.ts'
import { createBackEnd } from './back-end/index.ts'
import { connectPage } from './desktop/calls.ts'
import { closeSession, denyEverywhere } from './desktop/hardening.ts'
import { HOME, registerScheme, servePages } from './desktop/scheme.ts'
import { desktopShell } from './desktop/shell.ts'
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
  const backEnd = createBackEnd({ shell: desktopShell(window), machine: realMachine(), stateFolder: state })
  connectPage(window, backEnd)
  app.on('second-instance', () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  // However the program is ended, the back end first brings its current step to an end.
  app.on('will-quit', (event) => {
    event.preventDefault()
    void backEnd.close().finally(() => app.exit(0))
  })
  await window.loadURL(HOME).catch((error: unknown) => {
    // Closed before its page had come.
    if (!window.isDestroyed()) throw error
  })
}

main()
