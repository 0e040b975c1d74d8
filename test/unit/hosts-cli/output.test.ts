import { describe, expect, it } from 'vitest'
import type { RunEvent, RunOutcome } from '../../../electron/contract/run.ts'
import { EXIT, exitCodeOf } from '../../../electron/hosts/cli/exit.ts'
import { Output, problemText } from '../../../electron/hosts/cli/output.ts'
import { progressPrinter } from '../../../electron/hosts/cli/progress.ts'

function kept() {
  const texts = { out: '', err: '' }
  const output = new Output(
    { write: (text) => (texts.out += text) },
    { write: (text) => (texts.err += text) },
  )
  return { texts, output }
}

describe('output', () => {
  it('says results on one stream and problems on the other', () => {
    const { texts, output } = kept()
    output.line('a result')
    output.error('a problem')
    expect(texts).toEqual({ out: 'a result\n', err: 'a problem\n' })
  })

  it('never lets a name or a log control the terminal', () => {
    const { texts, output } = kept()
    output.line('\u001B]0;title\u0007 \u009B2J \u202Eexe.gnp ü\tend\r')
    expect(texts.out).toBe('⟨U+001B⟩]0;title⟨U+0007⟩ ⟨U+009B⟩2J ⟨U+202E⟩exe.gnp ü\tend⟨U+000D⟩\n')
  })

  it('says what is going on to a terminal only, in a line that goes away', () => {
    const told = { pipe: '', terminal: '' }
    const sink = { write: () => true }
    new Output(sink, { write: (text) => (told.pipe += text) }).working('Making a key')
    const terminal = new Output(sink, { write: (text) => (told.terminal += text), isTTY: true })
    terminal.working('Making a \u0007key')
    terminal.working()
    expect(told).toEqual({ pipe: '', terminal: '\r\u001B[KMaking a ⟨U+0007⟩key\r\u001B[K' })
  })

  it('writes JSON that reads back', () => {
    const { texts, output } = kept()
    output.json({ text: '\u001B\u202E"\n' })
    expect(JSON.parse(texts.out)).toEqual({ text: '\u001B\u202E"\n' })
    expect(texts.out.trimEnd()).not.toContain('\n')
  })

  it('tells a problem whole: what, where, why, what to do, what stayed', () => {
    const text = problemText({
      code: 'x',
      what: 'It is broken.',
      where: { file: '/f', line: 3, path: 'a.b', step: 's' },
      cause: 'Someone cut it.',
      next: 'Mend it.',
      untouched: 'The rest is whole.',
      details: ['raw'],
    })
    expect(text.split('\n')).toEqual([
      '✖ It is broken.',
      '  At: /f, line 3, column 1, a.b, step s',
      '  Cause: Someone cut it.',
      '  Next: Mend it.',
      '  The rest is whole.',
      '  | raw',
    ])
  })
})

describe('exit codes', () => {
  it.each([
    ['answers.invalid', EXIT.invalid],
    ['answers.not-text', EXIT.invalid],
    ['arguments.invalid', EXIT.invalid],
    ['secret.missing', EXIT.invalid],
    ['secret.unreadable', EXIT.invalid],
    ['client.length', EXIT.invalid],
    ['database.control-character', EXIT.invalid],
    ['archive.not-a-zip', EXIT.prerequisite],
    ['source.missing', EXIT.prerequisite],
    ['run.busy', EXIT.prerequisite],
    ['file.disk-full', EXIT.prerequisite],
    ['certificate.subject', EXIT.invalid],
    ['certificate.weak-password', EXIT.invalid],
    ['certificate.file-missing', EXIT.invalid],
    ['certificate.original-in-place', EXIT.invalid],
    ['certificate.expired', EXIT.prerequisite],
    ['certificate.cancelled', EXIT.stopped],
    ['unexpected', EXIT.failed],
  ])('%s → %i', (code, exit) => expect(exitCodeOf({ code, what: '', next: '' })).toBe(exit))
})

describe('progress', () => {
  it('has words for every way a run can end', () => {
    const { texts, output } = kept()
    const say = progressPrinter(output)
    const outcomes: RunOutcome[] = ['done', 'as-wanted', 'failed', 'stopped', 'undone', 'undo-failed']
    for (const outcome of outcomes) say({ type: 'run-finished', run: 'r', at: '', outcome, ms: 61_000 })
    expect(texts.out.trimEnd().split('\n')).toHaveLength(outcomes.length)
    expect(texts.out).not.toContain('undefined')
    expect(texts.out).toContain('Taken back; everything is as it was (1:01).')
  })

  it('shows the remedy that can be copied beside a failure', () => {
    const { texts, output } = kept()
    const problem = { code: 'x', what: 'No right.', next: 'Grant it.' }
    const diagnosis = {
      id: 'd',
      cause: 'c',
      remedy: { text: 'Grant it.', sql: 'GRANT x TO y;' },
      evidence: [],
    }
    const failure: RunEvent = {
      type: 'failure',
      at: '',
      undoing: false,
      failure: { step: 's', title: 'S', problem, diagnosis },
    }
    progressPrinter(output)(failure)
    expect(texts.err).toBe('✖ No right.\n  Next: Grant it.\n  GRANT x TO y;\n')
  })
})
