import { SetupError } from '../../contract/problem.ts'

/** A page asks about an installation before one is chosen. */
export function refusedDraft(): SetupError {
  return new SetupError({
    code: 'installation.not-chosen',
    what: 'No installation is chosen.',
    next: 'Choose one, or name the folder of the service.',
    untouched: 'Nothing was changed.',
  })
}
