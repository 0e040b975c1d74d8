import type { SetupError } from '../contract/problem.ts'
import type { CommandResult, Machine } from '../machine/machine.ts'
import { lookAtToken } from '../windows/token.ts'
import { toolFailed } from '../windows/tool.ts'

/**
 * Exit codes of appcmd: Win32 errors, or a whole HRESULT where it is none of Win32's. Its texts are translated, so
 * nothing is decided by them. https://learn.microsoft.com/windows/win32/debug/system-error-codes
 */
export const EXIT = {
  accessDenied: 5,
  invalidData: 13,
  sharingViolation: 32,
  wasStopped: 50,
  duplicate: 183,
  cannotAcceptControl: 1061,
  notFound: 1168,
  callFailed: 1726,
  invalidObject: 4312,
  serverUnavailable: 2147549190,
} as const

/** What passes by itself: a call that was cut off, or a service that is busy with what was asked of it before. */
const PASSING: ReadonlySet<number> = new Set([EXIT.callFailed, EXIT.serverUnavailable])

/** Whether the same question may be answered when it is asked once more. */
export function mayPass({ exitCode }: CommandResult): boolean {
  return PASSING.has(exitCode)
}

/** Whether the services of IIS have not taken up yet what was just created or stopped. */
export function notTakenUp({ exitCode }: CommandResult): boolean {
  return exitCode === EXIT.invalidObject || exitCode === EXIT.cannotAcceptControl
}

interface Meaning {
  readonly code: string
  readonly cause?: string
  readonly next: string
}

const NOT_ELEVATED: Meaning = {
  code: 'iis.not-elevated',
  cause: 'Only a program with the full rights of an administrator may work with the configuration of IIS.',
  next: 'Start this program as administrator, or confirm the prompt of User Account Control.',
}

const MEANINGS: Readonly<Record<number, Meaning>> = {
  [EXIT.accessDenied]: NOT_ELEVATED,
  [EXIT.invalidData]: {
    code: 'iis.invalid-data',
    cause: 'IIS does not accept the configuration that it was given.',
    next: 'Compare the version of IIS with the one that the configuration came from.',
  },
  [EXIT.sharingViolation]: {
    code: 'iis.port-taken',
    cause: 'Another program listens on the port of a binding.',
    next: 'Choose another port, or stop the other program.',
  },
  [EXIT.wasStopped]: {
    code: 'iis.was-stopped',
    cause: 'The Windows Process Activation Service (WAS) does not run.',
    next: 'Start the World Wide Web Publishing Service (W3SVC), which starts WAS with it.',
  },
  [EXIT.duplicate]: {
    code: 'iis.duplicate',
    cause: 'IIS has something of that name, or with that binding, already.',
    next: 'Choose another name or port, or let this setup take over what is there.',
  },
  [EXIT.cannotAcceptControl]: {
    code: 'iis.busy',
    cause: 'The service is busy and takes no orders at this time.',
    next: 'Wait a minute, then try again.',
  },
  [EXIT.callFailed]: {
    code: 'iis.busy',
    cause: 'The call to the services of IIS was cut off.',
    next: 'Wait a minute, then try again.',
  },
  [EXIT.serverUnavailable]: {
    code: 'iis.busy',
    cause: 'The call to the services of IIS was cut off.',
    next: 'Wait a minute, then try again.',
  },
  [EXIT.invalidObject]: {
    code: 'iis.not-taken-up',
    cause: 'The services of IIS have not taken up this change of the configuration yet.',
    next: 'Look into the System event log for errors of WAS, then try again.',
  },
}

const UNKNOWN: Meaning = { code: 'iis.appcmd', next: 'Read what appcmd said, then try again.' }

/** The error for a call of appcmd that ended badly. `failed` says what was not done. */
export async function appcmdFailed(
  machine: Machine,
  failed: string,
  args: readonly string[],
  result: CommandResult,
): Promise<SetupError> {
  const meaning =
    result.exitCode === EXIT.notFound ? await missing(machine) : (MEANINGS[result.exitCode] ?? UNKNOWN)
  // Configuration that was printed before the failure may hold secrets; the words of a failure do not.
  const stdout = result.stdout.trimStart().startsWith('<') ? '' : result.stdout
  return toolFailed('appcmd', args, { ...result, stdout }, { what: failed, ...meaning })
}

/** 1168 means that there is no such object, and also that this program may not read the configuration. */
async function missing(machine: Machine): Promise<Meaning> {
  const { elevated } = await lookAtToken(machine)
  if (!elevated) return NOT_ELEVATED
  return {
    code: 'iis.missing',
    cause: 'IIS has nothing of that name, or its configuration cannot be read.',
    next: 'Look at the sites and application pools in IIS Manager, then try again.',
  }
}
