import { describe, expect, it } from 'vitest'
import { findingOf, runChecks, type Check } from '../../../electron/checks/check.ts'
import type { CheckReport } from '../../../electron/contract/check.ts'
import { SetupError } from '../../../electron/contract/problem.ts'
import { realClock } from '../../../electron/machine/clock-and-random.ts'

const check = (id: string, look: Check<string>['look']): Check<string> => ({
  id,
  title: id,
  why: 'For the test.',
  look,
})
const passes = check('passes', async (subject) => ({ status: 'passed', summary: subject }))
const breaks = check('breaks', () =>
  Promise.reject(
    new SetupError({
      code: 'c',
      what: 'It is broken.',
      where: { file: '/srv/x', line: 3 },
      cause: 'It fell.',
      next: 'Mend it.',
      details: ['one', 'two'],
    }),
  ),
)

describe('checks', () => {
  it('run side by side, are told as they end, and come back in their order', async () => {
    const second = Promise.withResolvers<void>()
    const told: CheckReport[] = []
    const first = check('first', async () => {
      await second.promise
      return { status: 'passed', summary: 'After the second.' }
    })
    const other = check('second', async () => {
      second.resolve()
      return { status: 'warning', summary: 'At once.', evidence: [{ label: 'a', value: 'b' }] }
    })
    const reports = await runChecks([first, other], '', {
      clock: realClock,
      onCheck: (one) => told.push(one),
    })
    expect(told.map(({ id }) => id)).toEqual(['second', 'first'])
    expect(reports.map(({ id }) => id)).toEqual(['first', 'second'])
    expect(reports[1]).toEqual({
      id: 'second',
      title: 'second',
      why: 'For the test.',
      status: 'warning',
      summary: 'At once.',
      ms: expect.any(Number),
      evidence: [{ label: 'a', value: 'b' }],
    })
  })

  it('count as failed when they throw, in the words of the problem, and the others go on', async () => {
    const reports = await runChecks([breaks, passes], 'fine', { clock: realClock })
    expect(reports).toMatchObject([
      {
        id: 'breaks',
        status: 'failed',
        summary: 'It is broken.',
        cause: 'It fell.',
        remedy: { text: 'Mend it.' },
        evidence: [
          { label: 'File', value: '/srv/x' },
          { label: 'Details', value: 'one\ntwo' },
        ],
      },
      { id: 'passes', status: 'passed', summary: 'fine' },
    ])
  })

  it('are not tried once they are cancelled', async () => {
    const cancel = new AbortController()
    let looked = false
    const running = check('running', async () => {
      cancel.abort()
      throw new Error('cut off')
    })
    const later = check('later', async () => {
      looked = true
      return { status: 'passed', summary: '' }
    })
    const run = { clock: realClock, signal: cancel.signal }
    const [report] = await runChecks([running], '', run)
    expect(report).toMatchObject({ status: 'not-tried', summary: 'Cancelled.', evidence: [] })
    expect(report?.remedy).toBeUndefined()
    expect(await runChecks([later], '', run)).toMatchObject([{ status: 'not-tried' }])
    expect(looked).toBe(false)
  })
})

describe('what was thrown', () => {
  it('has no file, cause or details where the problem has none', () => {
    expect(findingOf(new SetupError({ code: 'c', what: 'W.', next: 'N.' }))).toEqual({
      status: 'failed',
      summary: 'W.',
      evidence: [],
      remedy: { text: 'N.' },
    })
  })

  it.each([new TypeError('x is undefined'), 'x is undefined'])('may be anything', (thrown) => {
    expect(findingOf(thrown)).toMatchObject({
      status: 'failed',
      evidence: [{ label: 'Details', value: 'x is undefined' }],
    })
  })
})
