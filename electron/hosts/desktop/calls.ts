import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import type { Problem } from '../../contract/problem.ts'
import type { BackEnd } from '../back-end/types.ts'
import { createDispatch } from '../dispatch.ts'
import { CALL_CHANNEL, EVENT_CHANNEL } from './channels.ts'
import { isHome } from './scheme.ts'

/** Connects the window's page with the back end: one channel in, checked for its sender; one channel out. */
export function connectPage(window: BrowserWindow, backEnd: BackEnd): void {
  const dispatch = createDispatch(backEnd)
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) =>
    isOwnPage(event, window) ? dispatch(name, input) : { ok: false, problem: foreignSender },
  )
  const unsubscribe = backEnd.onEvent((event) => window.webContents.send(EVENT_CHANNEL, event))
  window.on('closed', () => {
    unsubscribe()
    ipcMain.removeHandler(CALL_CHANNEL)
  })
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
