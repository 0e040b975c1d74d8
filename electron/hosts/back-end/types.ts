import type { CallName, Input, Outputs, PageEvent } from '../../contract/calls.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'

/** What a dialog lets the installer pick. */
export type OpenKind = Input<'dialog.open'>['kind']

/** What a file that is handed to the installer holds; decides the filter of the dialog. */
export type SaveKind = 'html' | 'json' | 'pdf' | 'zip' | 'text' | 'ps1'

/** What only the door itself can do: dialogs, clipboard, printing, closing. */
export interface Shell {
  readonly host: 'desktop' | 'browser'
  /** This program's version, such as `1.0.0`. */
  readonly version: string
  /** The chosen path; null when the dialog was closed, or this door has none. */
  chooseFile(kind: OpenKind): Promise<string | null>
  /**
   * Where to save a file of the suggested name: a path, or null when the dialog was closed. Undefined when this
   * door has no dialogs: the content goes back to the page, which offers it as a download.
   */
  chooseSave(name: string, kind: SaveKind): Promise<string | null | undefined>
  /** Puts text on the clipboard; false when this door has no clipboard of its own. */
  copy(text: string): Promise<boolean>
  /** Empties the clipboard if it still holds this text. */
  clearCopy(text: string): Promise<void>
  /** Prints a self-contained HTML page to PDF; absent where the door cannot. */
  printPdf?(html: string): Promise<Uint8Array>
  /** Closes the window, or ends the browser host. */
  closeWindow(): Promise<void>
}

/** One function a call; each takes checked input and throws a SetupError when it cannot answer. */
export type Handlers = { readonly [K in CallName]: (input: Input<K>) => Promise<Outputs[K]> }

/** Everything behind a door, the same for the window and the browser. */
export interface BackEnd {
  readonly handlers: Handlers
  /** Hears what comes to the page unasked, already redacted. Returns the function that ends it. */
  onEvent(listener: (event: PageEvent) => void): () => void
  /** The problem with every known secret in it replaced by `[hidden]`. */
  redact(problem: Problem): Problem
  /** Ends what still runs, after the current step, and flushes journals. */
  close(): Promise<void>
}

export interface BackEndOptions {
  readonly shell: Shell
  readonly machine: Machine
  /** Journals, logs and backups of this user live here. */
  readonly stateFolder: string
}
