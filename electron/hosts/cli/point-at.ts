import { isAbsolute, join, relative } from 'node:path'
import type { ChangeClientAnswers, ReplaceCertificateAnswers, SetupAnswers } from '../../contract/answers.ts'
import { SetupError } from '../../contract/problem.ts'
import { invalidArguments } from './arguments.ts'

/**
 * The same answers for another installation, so that a change can be tried on pre-production first (Academy 2565). What
 * belongs to the first one alone is left out: its container, its Creatio, the certificate or client that it has.
 * @throws SetupError `arguments.invalid` for other scenarios; `answers.path` for a file outside the first installation
 */
export function pointedAt(
  answers: SetupAnswers,
  target: string,
): ReplaceCertificateAnswers | ChangeClientAnswers {
  if (answers.scenario === 'new-installation')
    throw invalidArguments('--target goes with answers about an installation that is there.')
  if (answers.scenario === 'change-client') {
    const { databaseServer: _server, row: _row, client, ...same } = answers
    const { current: _current, ...wishes } = client
    return { ...same, installation: { target }, client: wishes }
  }
  const { version, scenario, practice, installation, certificate, path } = answers
  return {
    version,
    scenario,
    ...(practice === undefined ? {} : { practice }),
    installation: { target },
    certificate,
    ...(path === undefined ? {} : { path: movedPath(path, installation.target, target) }),
  }
}

/** A file below the folder of the one installation is meant to be below that of the other. */
function movedPath(path: string, from: string, to: string): string {
  const below = relative(from, path)
  if (below !== '' && !isAbsolute(below) && !/^\.\.([/\\]|$)/.test(below)) return join(to, below)
  throw new SetupError({
    code: 'answers.path',
    what: 'The answers name a file for the new certificate that lies outside the installation they are for.',
    where: { file: path, path: 'path' },
    next: 'Leave “path” out, or write answers of their own for the other installation.',
    untouched: 'Nothing was changed.',
  })
}
