import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge, PageEvent } from '../contract/calls.ts'
import { isKnownCall } from './call-names.ts'
import { CALL_CHANNEL, EVENT_CHANNEL } from './desktop/channels.ts'

/**
 * All that the page sees of Electron: the known calls, and events without Electron's own event object. There is no
 * way to another channel. What goes in is checked again on the other side.
 */
const bridge: Bridge = {
  call: (name, input) =>
    isKnownCall(name)
      ? ipcRenderer.invoke(CALL_CHANNEL, name, input)
      : Promise.reject(new TypeError(`There is no call "${String(name)}".`)),
  onEvent(listener) {
    const hear = (_: unknown, event: PageEvent) => listener(event)
    ipcRenderer.on(EVENT_CHANNEL, hear)
    return () => ipcRenderer.off(EVENT_CHANNEL, hear)
  },
}

contextBridge.exposeInMainWorld('setup', bridge)
