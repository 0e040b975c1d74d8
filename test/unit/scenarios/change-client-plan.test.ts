import { describe, expect, it } from 'vitest'
import type { ChangeClientAnswers } from '../../../electron/contract/answers.ts'
import { Output } from '../../../electron/hosts/cli/output.ts'
import { printPlan } from '../../../electron/hosts/cli/plan.ts'
import type { ClientChangeFacts } from '../../../electron/scenarios/change-client/facts.ts'
import { planClientChange } from '../../../electron/scenarios/change-client/plan.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { secretsInSettings } from '../../../electron/service/settings-secrets.ts'
import { viewPlan } from '../../../electron/setup/plan.ts'
import { steps } from '../../../electron/steps/registry.ts'
import { answers, asking, facts, inContainer, NEW_SECRET, OLD, OLD_SECRET, settingsWith, unseen } from './change-client-sample.ts' // prettier-ignore

const variants: Readonly<Record<string, readonly [ChangeClientAnswers, ClientChangeFacts]>> = {
  'iis-id-and-secret': [answers, facts],
  'docker-secret-sql-server': [
    asking({ secret: 'generate' }),
    {
      ...facts,
      found: inContainer,
      wanted: { ...facts.wanted, id: OLD },
      database: { ...facts.database!, provider: 'MsSqlServer' },
      neighbours: ['Test'],
    },
  ],
  'iis-scopes-only': [
    asking({ scopes: ['IdentityServerApi', 'find_clients'] }),
    {
      ...facts,
      former: { id: OLD },
      wanted: {
        ...facts.wanted,
        id: OLD,
        secret: new Secret(OLD_SECRET),
        scopes: ['IdentityServerApi', 'find_clients'],
        from: 'kept',
      },
    },
  ],
  'iis-not-elevated': [
    answers,
    {
      ...unseen,
      former: { id: OLD },
      settings: { ...facts.settings, before: settingsWith({ ClientId: OLD }) },
      tables: [],
      others: [],
      seen: false,
      elevated: false,
    },
  ],
}

function printed([wanted, known]: readonly [ChangeClientAnswers, ClientChangeFacts]): string {
  let text = ''
  const sink = { write: (piece: string) => (text += piece) }
  const plan = planClientChange(wanted, known)
  // As the facts do with the settings that are there.
  const redactor = new Redactor()
  redactor.register(...secretsInSettings(known.settings.before))
  printPlan(viewPlan(plan, 'id', steps, new Map(), redactor), new Output(sink, sink))
  return text
}

describe('the plan of a change of the client', () => {
  it.each(Object.keys(variants))('%s reads as it always did', async (name) => {
    await expect(printed(variants[name]!)).toMatchFileSnapshot(`plans/change-client-${name}.txt`)
  })

  it.each(Object.keys(variants))('%s shows no secret and no hash', (name) => {
    const text = printed(variants[name]!)
    for (const secret of [OLD_SECRET, NEW_SECRET, 'Canary-9', facts.toGo!.secrets[0]!.value])
      expect(text).not.toContain(secret)
  })

  it('keeps the rows before the settings name another client, and removes them only then', () => {
    const ids = planClientChange(answers, facts).steps.map(({ id }) => id)
    expect(ids).toEqual([
      'back-up-client',
      'write-settings',
      'set-rights',
      'remove-client',
      'take-up-client',
      'record-installation',
    ])
  })

  it('without a row in the database there is nothing to keep and to remove', () => {
    const { toGo: _none, ...none } = facts
    const ids = planClientChange(answers, none).steps.map(({ id }) => id)
    expect(ids).not.toContain('remove-client')
    expect(ids).not.toContain('back-up-client')
  })
})
