import type { Redactor } from '../../secrets/redactor.ts'
import type { Prepared } from './session.ts'

/** Suggested file name of an exported script. */
export const SCRIPT_NAME = 'install-identity-service.ps1'

export async function scriptOf(_prepared: Prepared, _redactor: Redactor): Promise<string> {
  throw new Error('being written')
}
