import { describe, expect, it } from 'vitest'
import type { PlanView } from '../../../electron/contract/plan.ts'
import { planDigest } from '../../../electron/hosts/worker/digest.ts'
import { planView, stepView } from './samples.ts'

const digest = planDigest(planView())

describe('planDigest', () => {
  it('is a SHA-256 in lower-case hex', () => {
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is the same whoever looks', () => {
    const steps = [
      stepView('a', { found: 'as-wanted', evidence: ['a is on.'] }),
      stepView('b', { found: 'unknown', evidence: ['Only an administrator can look.'] }),
    ]
    expect(planDigest(planView({ id: 'other', elevation: 'present', steps }))).toBe(digest)
  })

  it('is the same after its keys came in another order', () => {
    const turned = JSON.parse(JSON.stringify(planView()), (_key, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    ) as PlanView
    expect(planDigest(turned)).toBe(digest)
  })

  const [a, b] = planView().steps as [PlanView['steps'][number], PlanView['steps'][number]]
  const others: Readonly<Record<string, Partial<PlanView>>> = {
    'a step that is somebody else’s': { steps: [a, { ...b, found: 'foreign' }] },
    'another command': { steps: [a, { ...b, commands: ['set b off'] }] },
    'another line in a file': {
      steps: [a, { ...b, files: [{ ...b.files[0]!, lines: [{ kind: 'added', newLine: 1, text: 'off' }] }] }],
    },
    'other SQL': { steps: [a, { ...b, sql: ['drop table clients'] }] },
    'another note': { steps: [a, { ...b, notes: ['Stops every site.'] }] },
    'one step more': { steps: [a, b, stepView('c')] },
    'the steps the other way round': { steps: [b, a] },
    'no practice': { practice: false },
    'one warning less': { warnings: [] },
    'less left untouched': { untouched: [] },
    'another title': { title: 'Other' },
  }
  it.each(Object.keys(others))('tells %s apart', (name) => {
    expect(planDigest(planView(others[name]))).not.toBe(digest)
  })
})
