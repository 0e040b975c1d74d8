import { join } from 'node:path'
import { BrowserWindow, Menu, nativeTheme, type BrowserWindowConstructorOptions } from 'electron'

/** The page draws its own title bar of this height; Windows draws the buttons into it. Pixels. */
const TITLE_BAR_HEIGHT = 32

/** Fluent's colorNeutralBackground3 and colorNeutralForeground1: equal to the page's, so that nothing flashes. */
const colours = {
  light: { background: '#f5f5f5', symbols: '#242424' },
  dark: { background: '#141414', symbols: '#ffffff' },
} as const

/** Rights of every page of this program. The page is not trusted with any of Node or Electron. */
export const lockedDown = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  // The spelling dictionary would be fetched from the internet, and technical values are no prose.
  spellcheck: false,
} as const

/** Makes the wizard's window; it shows itself with its first painted page. */
export function createWindow(): BrowserWindow {
  keepOnlyZoom()
  const window = new BrowserWindow({
    width: 1024,
    height: 720,
    minWidth: 480,
    minHeight: 400,
    useContentSize: true,
    autoHideMenuBar: true,
    show: false,
    title: 'Identity Service Setup',
    backgroundColor: currentColours().background,
    ...titleBar(),
    webPreferences: { ...lockedDown, preload: join(import.meta.dirname, '../preload/preload.cjs') },
  })
  window.once('ready-to-show', () => window.show())
  followTheme(window)
  return window
}

function currentColours() {
  return nativeTheme.shouldUseDarkColors ? colours.dark : colours.light
}

function overlay() {
  const { background, symbols } = currentColours()
  return { color: background, symbolColor: symbols, height: TITLE_BAR_HEIGHT }
}

function titleBar(): BrowserWindowConstructorOptions {
  return process.platform === 'win32' ? { titleBarStyle: 'hidden', titleBarOverlay: overlay() } : {}
}

function followTheme(window: BrowserWindow): void {
  const repaint = () => {
    window.setBackgroundColor(currentColours().background)
    if (process.platform === 'win32') window.setTitleBarOverlay(overlay())
  }
  nativeTheme.on('updated', repaint)
  window.on('closed', () => nativeTheme.off('updated', repaint))
}

/** A wizard needs no menu; the hidden one is there for the keys that make text larger and smaller. */
function keepOnlyZoom(): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: 'View', submenu: [{ role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }] },
    ]),
  )
}
