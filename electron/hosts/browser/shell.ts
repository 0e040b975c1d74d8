import type { Shell } from '../back-end/types.ts'

/**
 * What the browser door can do by itself: nothing. Paths are typed, files go back as downloads, and the page
 * uses the browser's own clipboard.
 * @param end ends the host; called when the installer closes the wizard
 */
export function browserShell(version: string, end: () => Promise<void>): Shell {
  return {
    host: 'browser',
    version,
    chooseFile: () => Promise.resolve(null),
    chooseSave: () => Promise.resolve(undefined),
    copy: () => Promise.resolve(false),
    clearCopy: () => Promise.resolve(),
    closeWindow: end,
  }
}
