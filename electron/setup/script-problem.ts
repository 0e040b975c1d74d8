import { SetupError } from '../contract/problem.ts'

/** Why a plan cannot be had as a script. Nothing was written. */
export function notScriptable(code: string, cause: string, next: string, file?: string): SetupError {
  return new SetupError({
    code: `script.${code}`,
    what: 'This plan cannot be exported as a script.',
    ...(file === undefined ? {} : { where: { file } }),
    cause,
    next,
    untouched: 'No script was written.',
  })
}
