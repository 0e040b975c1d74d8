import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import type { Problem } from '../../contract/problem.ts'
import type { Behind } from './behind.ts'
import { CALL_CHANNEL, EVENT_CHANNEL } from './channels.ts'
import { isHome } from './scheme.ts'

/**
 * Connects the window's page with the back end: one channel in, checked for its sender; one channel out. The back
 * end is opened at the page's first call, when the page is being painted: opened before, it would keep Chromium
 * waiting for the page. Returns what closes it again, if it was opened.
 */
export function connectPage(window: BrowserWindow, open: () => Promise<Behind>): () => Promise<void> {
  let opening: Promise<Behind> | undefined
  const opened = async (): Promise<Behind> => {
    const behind = await open()
    behind.backEnd.onEvent((event) => {
      if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, event)
    })
    return behind
  }
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, input: unknown) => {
    if (!isOwnPage(event, window)) return { ok: false, problem: foreignSender }
    opening ??= opened()
    return (await opening).dispatch(name, input)
  })
  window.on('closed', () => ipcMain.removeHandler(CALL_CHANNEL))
  return async () => (await opening)?.backEnd.close()
}

/** Only the top frame of the window, while it shows a page of the own origin, may call. */
function isOwnPage(event: IpcMainInvokeEvent, window: BrowserWindow): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === window.webContents.mainFrame && isHome(frame.url)
}

const foreignSender: Problem = {
  code: 'call.sender',
  what: 'The request did not come from the window of Identity Service Setup.',
  next: 'Close the program and start it again.',
  untouched: 'Nothing was changed.',
}
