import type { BrowserContext, Page } from '@playwright/test'
import { openBrowser } from './browser-door.ts'
import { openDesktop } from './desktop-door.ts'

export type Door = 'browser' | 'desktop'

/** A file that the wizard handed over: a download in a browser, a chosen path in the window. */
export interface SavedFile {
  readonly name: string
  readonly bytes: Buffer
}

/** The wizard, open at one of its doors. */
export interface OpenWizard {
  readonly page: Page
  /** Does what makes the wizard save a file, agrees to the suggested name, and gives the file. */
  saved(press: () => Promise<void>): Promise<SavedFile>
  /** What was copied last. */
  clipboard(): Promise<string>
  close(): Promise<void>
  /** Ends the program with no chance to tidy up. */
  kill(): Promise<void>
}

/** What an opened door is given: a fresh state folder, and whoever listens to the pages' complaints. */
export interface DoorOptions {
  readonly stateFolder: string
  readonly watch: (context: BrowserContext) => void
}

export function openDoor(door: Door, options: DoorOptions): Promise<OpenWizard> {
  return door === 'browser' ? openBrowser(options) : openDesktop(options)
}
