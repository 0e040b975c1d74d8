import { SetupError } from '../contract/problem.ts'

/**
 * Why a look at IIS showed nothing: this process has not the rights of an administrator, or there is no IIS.
 * Undefined for any other failure.
 */
export function whyUnseen(error: unknown): 'not-elevated' | 'no-iis' | undefined {
  const code = error instanceof SetupError ? error.problem.code : undefined
  if (code === 'iis.not-elevated') return 'not-elevated'
  return code === 'windows.tool-missing' ? 'no-iis' : undefined
}
