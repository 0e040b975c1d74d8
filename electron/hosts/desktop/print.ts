import { randomUUID } from 'node:crypto'
import { BrowserWindow, session } from 'electron'
import { page } from '../pages.ts'
import { closeSession } from './hardening.ts'
import { HOME, servePages } from './scheme.ts'
import { lockedDown } from './window.ts'

/**
 * Prints a self-contained HTML page to PDF (A4) in a hidden window of a session of its own: scripts are off, and
 * that one page is all there is to reach.
 */
export async function printPdf(html: string): Promise<Uint8Array> {
  const own = session.fromPartition(`print-${randomUUID()}`)
  closeSession(own)
  const answer = page(200, 'text/html; charset=utf-8', html)
  const headers = { ...answer.headers, 'content-security-policy': printPolicy }
  servePages(own, () => Promise.resolve({ ...answer, headers }))
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...lockedDown, javascript: false, session: own },
  })
  try {
    await window.loadURL(HOME)
    return await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true })
  } finally {
    window.destroy()
  }
}

/** The report brings its style with it; nothing else may be loaded or run. */
const printPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
