import { describe, expect, it } from 'vitest'
import type { CheckStatus } from '../../../electron/contract/check.ts'
import type { StepFailure, StepState } from '../../../electron/contract/run.ts'
import { duration, reportHtml } from '../../../electron/report/page.ts'
import { sampleReport, seen } from './sample-report.ts'

const words = (...report: Parameters<typeof sampleReport>) => seen(reportHtml(sampleReport(...report)))
const headings = (page: string) => Array.from(page.matchAll(/<h2>([^<]*)<\/h2>/g), ([, title]) => title)

describe('a report of a good run', () => {
  it('has every section, in the order of a reader', () => {
    expect(headings(reportHtml(sampleReport()))).toEqual([
      'Machine',
      'Asked for',
      'Found',
      'Steps',
      'Written files',
      'Proof',
      'System settings of Creatio to fill in',
      'What to do next',
    ])
  })

  it('says what was done, when and for how long', () => {
    const text = words()
    for (const said of [
      'New installation 4 March 2026 at 05:06 UTC, Identity Service Setup',
      'Done. 1 of 1 proofs passed. Took 1:12.',
      'Server srv01',
      'container.httpPort 8090',
      'Unpack the archive The folder is empty.',
      'Unpack the archive Done 412 files. 0.2 s',
      `/srv/appsettings.json ${'ab'.repeat(32)} Backup: /state/backup/1 12,345`,
      'Passed · Token A token was given. Algorithm RS256',
      'OAuth20IdentityServerUrl http://localhost:8090',
      'Fill in the three system settings.',
    ])
      expect(text).toContain(said)
  })

  it('leaves out what there is nothing to say of, and says so where that is news', () => {
    const bare = sampleReport({ found: [], written: [], proof: [], settings: [], next: [] })
    const page = reportHtml(bare)
    expect(headings(page)).toEqual(['Machine', 'Asked for', 'Steps', 'Written files', 'Proof'])
    expect(seen(page)).toContain('The proof was not tried.')
    expect(seen(page)).toContain('Written files None. Proof Not tried.')
  })

  it('marks a practice run as one, and no other', () => {
    expect(words({ practice: true })).toContain('Practice run')
    expect(words()).not.toContain('Practice run')
  })

  it.each([
    ['done', 'Done.', true],
    ['as-wanted', 'Everything was as wanted; nothing was changed.', true],
    ['failed', 'Failed; what was done was left as it is.', false],
    ['stopped', 'Stopped on request; it can be resumed.', false],
    ['undone', 'Taken back.', false],
    ['undo-failed', 'Taken back, except for what is listed.', false],
  ] as const)('says %s in words', (outcome, said, good) => {
    const page = reportHtml(sampleReport({ outcome }))
    expect(seen(page)).toContain(said)
    expect(page.includes('class="outcome bad"')).toBe(!good)
  })

  it.each(
    Object.entries({
      waiting: 'Not reached',
      running: 'Running',
      done: 'Done',
      'as-wanted': 'As wanted',
      failed: 'Failed',
      undoing: 'Being taken back',
      undone: 'Taken back',
      'undo-failed': 'Not taken back',
    }) as [StepState, string][],
  )('says of a step that is %s: %s', (state, said) => {
    const steps = [{ id: 'a', title: 'The step', group: 'files', state } as const]
    expect(words({ steps })).toContain(`The step ${said} `)
  })

  it.each(
    Object.entries({
      passed: ['Passed', '1 of 1'],
      warning: ['Warning', '0 of 1'],
      failed: ['Failed', '0 of 1'],
      'not-applicable': ['Not applicable', 'The proof was not tried.'],
      'not-tried': ['Not tried', 'The proof was not tried.'],
    }) as [CheckStatus, [string, string]][],
  )('says of a proof that is %s: %s', (status, [word, counted]) => {
    const [token] = sampleReport().proof
    const text = words({
      proof: [{ ...token!, status, cause: 'The cause.', remedy: { text: 'Look.', sql: 'SELECT 1' } }],
    })
    expect(text).toContain(`${word} · Token`)
    expect(text).toContain(counted)
    expect(text).toContain('The cause. Remedy: Look. SELECT 1')
  })
})

describe('a report of a failure', () => {
  const failure: StepFailure = {
    step: 'b',
    title: 'Write the settings',
    problem: {
      code: 'file.full',
      what: 'The file was not written.',
      cause: 'The disk is full.',
      where: { file: '/srv/appsettings.json', line: 7 },
      next: 'Free some space.',
      untouched: 'The file is as it was.',
      details: ['ENOSPC', 'write <failed>'],
    },
  }

  it('tells what failed, where, why and what to do', () => {
    const text = words({ outcome: 'failed', failure })
    expect(text).toContain('What failed Write the settings The file was not written.')
    expect(text).toContain('/srv/appsettings.json, line 7')
    expect(text).toContain('Cause: The disk is full. Free some space. The file is as it was.')
    expect(text).toContain('ENOSPC write <failed>')
  })

  it('gives the cause that the evidence told instead, with its remedy and its evidence', () => {
    const diagnosis = {
      id: 'port.in-use',
      cause: 'Another program listens on 8090.',
      remedy: { text: 'Stop it.', command: 'docker stop other' },
      evidence: [{ label: 'Log', value: 'address already in use' }],
    }
    const text = words({ outcome: 'failed', failure: { ...failure, diagnosis } })
    expect(text).toContain('Cause: Another program listens on 8090. Remedy: Stop it. docker stop other')
    expect(text).toContain('Log address already in use')
    expect(text).not.toContain('Free some space.')
  })

  it('lists what could not be taken back beside what failed first', () => {
    const second = {
      step: 'a',
      title: 'Unpack the archive',
      problem: { code: 'x', what: 'It is held.', next: 'Close it.' },
    }
    const text = words({ outcome: 'undo-failed', failure, undoFailures: [second] })
    expect(text).toContain('What failed Write the settings')
    expect(text).toContain('What could not be taken back Unpack the archive It is held. Close it.')
  })

  it('draws no empty box where there are no details', () => {
    const problem = { ...failure.problem, details: [] }
    expect(reportHtml(sampleReport({ failure: { ...failure, problem } }))).not.toMatch(/<pre>\s*<\/pre>/)
  })
})

describe('the page', () => {
  it('runs nothing and loads nothing, whatever it is told', () => {
    const evil = `"><script src=//evil.example/x.js></script><img src=x onerror='alert(1)'>`
    const page = reportHtml(
      sampleReport({
        title: evil,
        machine: [{ label: evil, value: evil }],
        steps: [{ id: 'a', title: evil, group: 'files', state: 'done', summary: evil }],
        written: [{ path: evil, bytes: 1, sha256: evil, backup: evil }],
        failure: { step: 'a', title: evil, problem: { code: evil, what: evil, next: evil, details: [evil] } },
        next: [evil],
      }),
    )
    const tags = new Set(Array.from(page.matchAll(/<\/?([a-z][a-z0-9]*)/gi), ([, tag]) => tag!.toLowerCase()))
    for (const tag of ['script', 'img', 'link', 'iframe', 'object', 'a', 'form', 'base', 'svg'])
      expect(tags).not.toContain(tag)
    expect(page).not.toMatch(/<[^>]*\s(src|href|on\w+)\s*=/i)
    expect(page).not.toMatch(/@import|url\(/i)
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  })

  it('shows what would turn the direction of writing', () => {
    expect(words({ machine: [{ label: 'User', value: 'a\u202Eb' }] })).toContain('a⟨U+202E⟩b')
  })
})

it.each([
  [0, '0.0 s'],
  [149, '0.1 s'],
  [9999, '10.0 s'],
  [59_949, '59.9 s'],
  [59_950, '1:00'],
  [59_999, '1:00'],
  [60_000, '1:00'],
  [61_500, '1:02'],
  [119_600, '2:00'],
  [3_725_000, '62:05'],
])('says %i ms as %s', (ms, said) => expect(duration(ms)).toBe(said))
