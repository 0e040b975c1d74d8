import { app, clipboard, dialog, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron'
import type { OpenKind, SaveKind, Shell } from '../back-end/types.ts'
import { printPdf } from './print.ts'

/** What the window's door can do by itself: native dialogs, the clipboard, printing. */
export function desktopShell(window: BrowserWindow): Shell {
  return {
    host: 'desktop',
    version: app.getVersion(),
    async chooseFile(kind) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, openOptions[kind])
      return canceled ? null : (filePaths[0] ?? null)
    },
    async chooseSave(name, kind) {
      const options = { defaultPath: name, filters: [saveFilters[kind]] }
      const { canceled, filePath } = await dialog.showSaveDialog(window, options)
      return canceled || !filePath ? null : filePath
    },
    async copy(text) {
      await clipboard.writeText(text)
      return true
    },
    async clearCopy(text) {
      // What someone copied since is theirs.
      if ((await clipboard.readText()) === text) await clipboard.clear()
    },
    printPdf,
    closeWindow() {
      window.close()
      return Promise.resolve()
    },
  }
}

const everyFile: FileFilter = { name: 'All files', extensions: ['*'] }

const openOptions: Readonly<Record<OpenKind, OpenDialogOptions>> = {
  archive: {
    title: 'Choose the archive of the Identity Service',
    properties: ['openFile'],
    filters: [{ name: 'Archive', extensions: ['zip'] }, everyFile],
  },
  folder: { title: 'Choose a folder', properties: ['openDirectory', 'createDirectory'] },
  certificate: {
    title: 'Choose the certificate file',
    properties: ['openFile'],
    filters: [
      { name: 'Certificate', extensions: ['pfx', 'p12', 'pem', 'crt', 'cer', 'der', 'p7b', 'p7c'] },
      everyFile,
    ],
  },
  'private-key': {
    title: 'Choose the private key',
    properties: ['openFile'],
    filters: [{ name: 'Private key', extensions: ['key', 'pem', 'der', 'p8'] }, everyFile],
  },
  program: {
    title: 'Choose the installer of the ASP.NET Core Hosting Bundle',
    properties: ['openFile'],
    filters: [{ name: 'Program', extensions: ['exe'] }],
  },
  answers: {
    title: 'Choose the answer file',
    properties: ['openFile'],
    filters: [{ name: 'Answers', extensions: ['json'] }, everyFile],
  },
}

const saveFilters: Readonly<Record<SaveKind, FileFilter>> = {
  html: { name: 'Web page', extensions: ['html'] },
  json: { name: 'JSON', extensions: ['json'] },
  pdf: { name: 'PDF', extensions: ['pdf'] },
  zip: { name: 'Archive', extensions: ['zip'] },
  text: { name: 'Text', extensions: ['txt'] },
  ps1: { name: 'Windows PowerShell script', extensions: ['ps1'] },
}
