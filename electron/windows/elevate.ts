import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { runScript, ScriptFailure, type ScriptOptions } from './powershell.ts'

/** Milliseconds: someone has to answer the prompt, and may have to fetch a colleague who knows the password. */
const PROMPT_MS = 600_000

/** ERROR_CANCELLED: https://learn.microsoft.com/windows/win32/debug/system-error-codes--1000-1299- */
const CANCELLED = 1223

/**
 * Starts a program with an administrator's full rights, after the prompt of User Account Control, without a window and
 * without waiting for its end. It may run as another user; it has no pipes, environment or folder of this process, and
 * its arguments are visible to everyone.
 *
 * Rejects with `elevation.refused` when the prompt was answered with no, `elevation.impossible` when Windows started
 * nothing for another reason, and as runScript.
 */
export async function startElevated(
  machine: Machine,
  { file, args }: { readonly file: string; readonly args: readonly string[] },
  options: ScriptOptions = {},
): Promise<void> {
  const question = { file, arguments: args.map(quoted).join(' ') }
  await runScript(machine, 'elevate', question, { timeoutMs: PROMPT_MS, ...options }).catch(
    (error: unknown) => {
      throw error instanceof ScriptFailure ? notElevated(error) : error
    },
  )
}

/** So that programs take the line apart again: https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments */
function quoted(argument: string): string {
  return `"${argument.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`
}

/**
 * Unverified on a real server: whether a policy that denies every prompt shows as a refusal (1223) or as another error.
 * Either way nothing was started.
 */
function notElevated(failure: ScriptFailure): SetupError {
  const untouched = 'Nothing was changed.'
  if (failure.native === CANCELLED)
    return new SetupError(
      {
        code: 'elevation.refused',
        what: 'The full rights of an administrator were not given.',
        cause: 'The prompt of User Account Control was refused, or a policy refuses it.',
        next: 'Try again and choose Yes, or start this program as an administrator.',
        untouched,
      },
      { cause: failure },
    )
  return new SetupError(
    {
      code: 'elevation.impossible',
      what: 'Windows did not start the part of this program that needs the full rights of an administrator.',
      next: 'Start this program by right-clicking it and choosing “Run as administrator”.',
      untouched,
      ...(failure.problem.details ? { details: failure.problem.details } : {}),
    },
    { cause: failure },
  )
}
