import { SetupError } from '../../../electron/contract/problem.ts'
import type { Problem } from '../../../electron/contract/problem.ts'

/** For a script: answers with a problem. */
export function refuse(problem: Problem): never {
  throw new SetupError(problem)
}

/** For a script: an answer that does not come. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined)
