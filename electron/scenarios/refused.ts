import { isAbsolute } from 'node:path'
import type { Problem } from '../contract/problem.ts'

/** A wrong answer, by its path. */
export function refused(path: string, what: string, next: string): Problem {
  return { code: 'answers.invalid', what, where: { path }, next, untouched: 'Nothing was changed.' }
}

/** A file or folder that would count from wherever the program was started; left out is none. */
export function partPath(path: string, value: string | undefined): Problem[] {
  return value === undefined || isAbsolute(value)
    ? []
    : [refused(path, `“${value}” is not a full path.`, 'Start it at the root or with a drive letter.')]
}
