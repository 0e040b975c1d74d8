import { SetupError } from '../../contract/problem.ts'
import { parseConnectionString } from '../../database/connection/connection-string.ts'
import { scriptOfInstallation } from '../../scenarios/new-installation/script.ts'
import { notScriptable } from '../../setup/script-problem.ts'
import type { Redactor } from '../../secrets/redactor.ts'
import { steps as registry } from '../../steps/registry.ts'
import { scriptFunctions } from '../../windows/scripts.ts'
import { VERSION } from '../version.ts'
import type { Prepared, PreparedInstallation } from './prepared.ts'

/** Suggested file name of an exported script. */
export const SCRIPT_NAME = 'install-identity-service.ps1'

/**
 * A prepared plan as a script for Windows PowerShell 5.1, with its byte order mark and CRLF.
 * @throws SetupError `script.*` for a plan that cannot be had as a script
 */
export async function scriptOf(prepared: Prepared, redactor: Redactor): Promise<string> {
  if (prepared.scenario !== 'new-installation')
    throw notScriptable(
      'scenario',
      'A script can be had of a new installation only.',
      'Carry this plan out with this program.',
    )
  const { answers, facts, plan } = prepared
  const functions = await scriptFunctions()
  const script = scriptOfInstallation({ answers, facts, plan, registry, version: VERSION, functions })
  if (isClean(script, redactor) || !isClean(plainWords(prepared), redactor)) return script
  throw new SetupError({
    code: 'script.holds-secret',
    what: 'This plan cannot be exported as a script: a secret would stand in it.',
    next: 'Save the log bundle and send it to the people who look after this program.',
    untouched: 'No script was written.',
  })
}

function isClean(text: string, redactor: Redactor): boolean {
  return redactor.redact(text) === text
}

/** What everybody may read, and what may be the same as a careless password: names, paths, the database’s address. */
function plainWords({ answers, facts }: PreparedInstallation): string {
  const { connectionString, provider } = facts.database
  const { server, database, user } = parseConnectionString(connectionString, provider)
  return JSON.stringify([answers, server, database, user])
}
