import type { Problem } from '../contract/problem.ts'

/** A wrong answer, by its path. */
export function refused(path: string, what: string, next: string): Problem {
  return { code: 'answers.invalid', what, where: { path }, next, untouched: 'Nothing was changed.' }
}
