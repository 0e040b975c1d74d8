import { describe, expect, it } from 'vitest'
import type { ChangeClientAnswers } from '../../../electron/contract/answers.ts'
import { clientChangeProblems } from '../../../electron/scenarios/change-client/check.ts'
import { answers, asking, OLD } from './change-client-sample.ts'

describe('answers for a change of the client', () => {
  const flawed: Readonly<Record<string, readonly [Partial<ChangeClientAnswers>, string]>> = {
    'a folder that is not named in full': [{ installation: { target: 'service' } }, 'installation.target'],
    'nothing to change': [{ client: { current: OLD, useAnyway: true } }, 'client'],
    'an id of another length': [{ client: { id: 'short' } }, 'client.id'],
    'an id that OAuth cannot carry': [{ client: { id: 'Größenordnung123' } }, 'client.id'],
    'an id with a space at its end': [{ client: { id: 'abcdefghijklmno ' } }, 'client.id'],
    'an id longer than the service reads': [
      { client: { id: 'x'.repeat(101), useAnyway: true } },
      'client.id',
    ],
    'an empty name': [{ client: { name: ' ' } }, 'client.name'],
    'a client of today that is to be generated': [
      { client: { current: 'generate', name: 'x' } },
      'client.current',
    ],
    'a scope named twice': [{ client: { scopes: ['a', 'a'] } }, 'client.scopes'],
    'a grant type named twice': [{ client: { grantTypes: ['implicit', 'implicit'] } }, 'client.grantTypes'],
  }

  it.each(Object.entries(flawed))('%s is refused by its path', (_, [flaw, path]) => {
    expect(clientChangeProblems({ ...answers, ...flaw })).toMatchObject([
      { where: { path }, untouched: 'Nothing was changed.' },
    ])
  })

  it('without a flaw are taken; another length when it is used anyway', () => {
    expect(clientChangeProblems(answers)).toEqual([])
    expect(clientChangeProblems(asking({ id: 'short', useAnyway: true }))).toEqual([])
  })
})
