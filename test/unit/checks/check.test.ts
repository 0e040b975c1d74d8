import { describe, expect, it } from 'vitest'
import { runChecks, type Check } from '../../../electron/checks/check.ts'
import type { CheckReport } from '../../../electron/contract/check.ts'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { Clock } from '../../../electron/machine/machine.ts'

let now = 0
const clock = { monotonic: () => (now += 5) } as unknown as Clock
const check = (id: string, look: Check<string>['look']): Check<string> => ({
  id,
  title: id,
  why: 'Because.',
  look,
})
const passes = (id: string) => check(id, async (subject) => ({ status: 'passed', summary: subject }))

describe('checks', () => {
  it('come in their order, each told as it ends', async () => {
    const told: string[] = []
    const slow = check('slow', async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return { status: 'warning', summary: 'Slow.' }
    })
    const reports = await runChecks([slow, passes('quick')], 'Fine.', {
      clock,
      onCheck: ({ id }) => void told.push(id),
    })
    expect(reports.map(({ id, status }) => `${id} ${status}`)).toEqual(['slow warning', 'quick passed'])
    expect(told).toEqual(['quick', 'slow'])
    expect(reports[1]).toMatchObject({
      why: 'Because.',
      summary: 'Fine.',
      evidence: [],
      ms: expect.any(Number),
    })
  })

  it('that throw have failed, with the cause and the remedy; the others go on', async () => {
    const problem = {
      code: 'x',
      what: 'Broken.',
      cause: 'Cut.',
      next: 'Mend it.',
      where: { file: '/f' },
      details: ['a', 'b'],
    }
    const known = check('known', () => Promise.reject(new SetupError(problem)))
    const unknown = check('unknown', () => Promise.reject(new TypeError('x is undefined')))
    const reports = await runChecks([known, unknown, passes('other')], 'Fine.', { clock })
    expect(reports[0]).toMatchObject({
      status: 'failed',
      summary: 'Broken.',
      cause: 'Cut.',
      remedy: { text: 'Mend it.' },
      evidence: [
        { label: 'File', value: '/f' },
        { label: 'Details', value: 'a\nb' },
      ],
    } satisfies Partial<CheckReport>)
    expect(reports.map(({ status }) => status)).toEqual(['failed', 'failed', 'passed'])
  })

  it('that are cancelled were not tried, whatever they had found', async () => {
    const abort = new AbortController()
    const cancelling = check('cancelling', async () => {
      abort.abort()
      return { status: 'failed', summary: 'Too late.' }
    })
    const reports = await runChecks([cancelling], '', { clock, signal: abort.signal })
    expect(reports).toMatchObject([{ status: 'not-tried', summary: 'Cancelled.' }])
    expect(await runChecks([passes('a')], '', { clock, signal: abort.signal })).toMatchObject([
      { status: 'not-tried' },
    ])
  })
})
