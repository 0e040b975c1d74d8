import type { DriveKind } from '../../windows/system.ts'

/** What is known of this start before any window opens. */
export interface StartFacts {
  readonly platform: NodeJS.Platform
  /** The program itself, by its full path. */
  readonly file: string
  readonly drive: DriveKind
  /** This process has administrator rights. */
  readonly elevated: boolean
  /** The account is the one that Windows itself made, whatever its name is now. */
  readonly builtInAdministrator: boolean
  /** User Account Control is on. */
  readonly uac: boolean
}

export type StartChoice = 'browser' | 'window' | 'close'

/** A native message box. The first button is the one that Enter presses; Escape means the last. */
export interface StartBox {
  readonly message: string
  readonly detail: string
  readonly buttons: readonly { readonly label: string; readonly choice: StartChoice }[]
}

const CLOSE = { label: 'Close', choice: 'close' } as const

/**
 * Whether the window may open, or what is to be asked or said first.
 *
 * The window is meant to run without administrator rights: in a process that has them Chromium's page is known to stay
 * blank (github.com/electron-userland/electron-builder/issues/5439, github.com/electron/electron/issues/32143), and a
 * drive letter of one user's session does not exist for the elevated worker
 * (https://learn.microsoft.com/troubleshoot/windows-client/networking/mapped-drives-not-available-from-elevated-command).
 */
export function beforeWindow(facts: StartFacts): 'window' | { readonly box: StartBox } {
  if (facts.platform !== 'win32') return 'window'
  if (facts.drive !== 'local') return { box: notLocal(facts.file, facts.drive) }
  return facts.elevated ? { box: elevated(facts) } : 'window'
}

function notLocal(file: string, drive: Exclude<DriveKind, 'local'>): StartBox {
  return {
    message: 'Copy Identity Service Setup to a local disk, and start it there.',
    detail: `${places[drive]}\n\n${file}\n\nNothing was changed.`,
    buttons: [CLOSE],
  }
}

const places: Readonly<Record<Exclude<DriveKind, 'local'>, string>> = {
  unc: 'It was started from a network share. Its part that needs administrator rights may have no access there, and it would end with the connection.',
  mapped:
    'It was started from a mapped network drive. Windows keeps that drive letter from programs with administrator rights, and the setup needs them.',
  subst:
    'It was started from a drive letter made by “subst”. Windows keeps that letter from programs with administrator rights, and the setup needs them.',
}

function elevated(facts: StartFacts): StartBox {
  return {
    message: 'With administrator rights the window may stay blank.',
    detail: `${whyElevated(facts)}\n\nIn the browser the same pages work, with the same rights.`,
    buttons: [
      { label: 'Open in the browser', choice: 'browser' },
      { label: 'Open the window anyway', choice: 'window' },
      CLOSE,
    ],
  }
}

function whyElevated({ uac, builtInAdministrator }: StartFacts): string {
  if (!uac)
    return 'User Account Control is switched off on this server (EnableLUA is 0), so every program of an administrator has these rights.'
  if (builtInAdministrator)
    return 'Windows gives these rights to every program of the built-in Administrator account.'
  return 'The program was started with “Run as administrator”. It needs that at no time: it asks when it installs.'
}
