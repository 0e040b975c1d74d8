import { app, type Session, type WebContents } from 'electron'

/** No page of this program ever leads elsewhere, opens a window, embeds one or is granted anything. */
export function denyEverywhere(): void {
  app.on('web-contents-created', (_, contents) => denyLeaving(contents))
}

function denyLeaving(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** A session that grants no permission and reaches no network: all that pages need comes over the own scheme. */
export function closeSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  const urls = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file:///*']
  session.webRequest.onBeforeRequest({ urls }, (_request, answer) => answer({ cancel: true }))
}
