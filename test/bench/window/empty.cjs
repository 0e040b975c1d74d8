// The least that a window with a page takes: a heading, no script but the one that focuses it.
const { join } = require('node:path')
const { app, BrowserWindow } = require('electron')

app.setPath('userData', process.env.EMPTY_WINDOW_STATE)
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1024, height: 720, useContentSize: true, show: false })
  window.once('ready-to-show', () => window.show())
  return window.loadFile(join(__dirname, 'empty.html'))
})
