import { expect, it } from 'vitest'
import { scriptOf } from '../../../electron/hosts/session/script.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { plannedScript, SCENARIOS } from './support/plans.ts'

async function exported(...secrets: readonly string[]): Promise<string> {
  const { plan, facts, answers } = await plannedScript(SCENARIOS['plain http']!)
  const redactor = new Redactor()
  redactor.register(...secrets.map((secret) => new Secret(secret)))
  return scriptOf(
    { id: '1', scenario: 'new-installation', request: answers, answers, plan, facts, machine: realMachine() },
    redactor,
  )
}

it('gives the script out as it is', async () => {
  expect(await exported('nowhere-to-be-found')).toContain('Assert-FreeFolder -Path ')
})

it('gives no script out in which a secret stands', async () => {
  await expect(exported('IdentityTokenLifetime')).rejects.toMatchObject({
    problem: { code: 'script.holds-secret', untouched: 'No script was written.' },
  })
})

it('does not mind a password that is the name of the database, which everybody may read', async () => {
  expect(await exported('creatio')).toContain('Database=creatio')
})
