import { isAbsolute } from 'node:path'
import { SetupError } from '../../contract/problem.ts'

/**
 * Refuses paths typed on a page that would count from wherever the program was started: nobody there knows where.
 * @param paths an undefined one was not given
 * @throws SetupError `file.part-path`
 */
export function refusePartPaths(...paths: readonly (string | undefined)[]): void {
  const part = paths.find((path) => path !== undefined && !isAbsolute(path))
  if (part === undefined) return
  throw new SetupError({
    code: 'file.part-path',
    what: `“${part}” is not a full path.`,
    where: { file: part },
    next: 'Start it at the root or with a drive letter.',
    untouched: 'Nothing was changed.',
  })
}
