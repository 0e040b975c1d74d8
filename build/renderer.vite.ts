import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { UserConfig } from 'vite'

/** The folder of index.html. */
const rendererRoot = fileURLToPath(new URL('../renderer', import.meta.url))

/** What every build of the pages shares: the desktop program, the browser host and the gallery. */
export function rendererConfig(): UserConfig {
  return {
    root: rendererRoot,
    base: './',
    plugins: [react()],
    // The doors put a fresh nonce in its place at each load; see renderer/theme/theme.tsx.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      target: 'chrome130',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  }
}
