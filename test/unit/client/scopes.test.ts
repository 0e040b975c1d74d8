import { describe, expect, it } from 'vitest'
import { mergeScopes, purposeOf, scopeViews } from '../../../electron/client/scopes.ts'
import { MANUAL_SCOPES, NEWER_SCOPES } from '../../../electron/service/scope-names.ts'

describe('scopes', () => {
  it('are listed once each, by the first source that has them', () => {
    const views = scopeViews({
      manual: MANUAL_SCOPES,
      newer: NEWER_SCOPES,
      shipped: ['find_clients', 'shipped_only'],
      present: ['shipped_only', 'ApplicationAccess_1'],
      added: ['mine', 'get_service_info'],
    })
    expect(views.map(({ scope }) => scope)).toEqual([
      ...MANUAL_SCOPES,
      ...NEWER_SCOPES,
      'shipped_only',
      'ApplicationAccess_1',
      'mine',
    ])
    expect(views.slice(-3).map(({ from, required }) => [from, required])).toEqual([
      ['shipped', false],
      ['present', false],
      ['added', false],
    ])
    expect(views.filter(({ required }) => required).map(({ scope }) => scope)).toEqual(MANUAL_SCOPES)
  })

  it('of the manual and of newer builds have a purpose each, in one sentence', () => {
    const purposes = [...MANUAL_SCOPES, ...NEWER_SCOPES].map(purposeOf)
    expect(new Set(purposes).size).toBe(purposes.length)
    for (const purpose of purposes) expect(purpose).toMatch(/^[A-Z][^.]+\.$/)
    expect(purposeOf('constructor')).toMatch(/not known/)
    expect(purposeOf('ApplicationAccess_0123')).toMatch(/default resource/)
  })

  it('are merged in order', () => {
    expect(mergeScopes(['b', 'a'], ['a', 'c'], [])).toEqual(['b', 'a', 'c'])
  })
})
