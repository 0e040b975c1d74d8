import { beforeEach, describe, expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import {
  interruptedRuns,
  Journal,
  type JournalHead,
  type JournalLine,
} from '../../../electron/setup/journal.ts'
import { memoryMachine } from './memory-machine.ts'

const head: JournalHead = {
  type: 'run',
  id: 'run-1',
  title: 'New installation',
  practice: false,
  at: '2026-01-01T00:00:00.000Z',
  answers: { service: { target: '/t' } },
  steps: [{ id: 'a', title: 'A', group: 'files' }],
}
const file = '/state/runs/run-1/journal.jsonl'
const begin: JournalLine = { type: 'begin', at: '', step: 'a', kind: 'k' }
const undo = (record: unknown): JournalLine => ({ type: 'undo', step: 'a', kind: 'k', record })

let memory: ReturnType<typeof memoryMachine>
beforeEach(() => (memory = memoryMachine()))
const create = () => Journal.create(memory.machine, '/state', head)
const open = () => Journal.open(memory.machine, '/state/runs/run-1')
const refusal = () =>
  open().then(
    () => 'opened',
    (error: unknown) => `${problemOf(error).code} ${problemOf(error).where?.line}`,
  )

describe('a journal', () => {
  it('comes back from disk as it was, and gives back effects last first', async () => {
    const journal = await create()
    for (const line of [begin, undo({ n: 1 }), undo({ n: 2 })]) await journal.add(line)
    const again = await open()
    expect(again.lines).toEqual(journal.lines)
    expect(again.undoEntries().map(({ record, index }) => [record, index])).toEqual([
      [{ n: 2 }, 3],
      [{ n: 1 }, 2],
    ])
    await again.add({ type: 'undone', at: '', index: 3 })
    expect((await open()).undoEntries().map(({ record }) => record)).toEqual([{ n: 1 }])
  })

  it('keeps the order of lines that are added at once: an index means the same here and on disk', async () => {
    const journal = await create()
    await Promise.all([
      journal.add(undo({ long: 'x'.repeat(5000) })),
      journal.add(undo({ n: 2 })),
      journal.add(begin),
    ])
    expect((await open()).lines).toEqual(journal.lines)
    expect(journal.lines[2]).toEqual(undo({ n: 2 }))
  })

  it('goes on after a line that could not be written', async () => {
    const journal = await create()
    const { files } = memory.machine
    const { append } = files
    Object.assign(files, { append: () => Promise.reject(new Error('disk full')) })
    await expect(journal.add(begin)).rejects.toThrow('disk full')
    Object.assign(files, { append })
    await journal.add(undo({ n: 1 }))
    expect((await open()).lines).toEqual([head, undo({ n: 1 })])
  })

  it.each(['{"type":"undo","step":"a","ki', '{', '"', '\u00c3', '{"type":"undo"}'])(
    'leaves out a last line that a crash cut off, and repairs the file: %j',
    async (torn) => {
      await (await create()).add(undo({ n: 1 }))
      memory.files.set(file, memory.files.get(file)! + torn)
      const journal = await open()
      expect(journal.lines).toHaveLength(2)
      await journal.add(begin)
      expect((await open()).lines).toHaveLength(3)
    },
  )

  it.each([
    'garbage',
    '{"type":"undo","step":"a"}',
    '{"type":"constructor"}',
    '{"type":"undone","index":"1"}',
    'null',
    '[]',
  ])('refuses damage in its middle, with the line: %j', async (row) => {
    const journal = await create()
    memory.files.set(file, `${memory.files.get(file)}${row}\n`)
    await journal.add(begin)
    expect(await refusal()).toBe('journal.damaged 2')
  })

  it.each([
    '',
    '{"type":"begin","step":"a","kind":"k"}\n',
    '{"type":"run","id":"x","title":"t","at":"","steps":{}}\n',
  ])('refuses a file that does not begin as one: %j', async (text) => {
    memory.files.set(file, text)
    expect(await refusal()).toBe('journal.damaged 1')
  })

  it('that is not recorded leaves no trace', async () => {
    const journal = Journal.unrecorded(head)
    await journal.add(begin)
    expect([memory.files.size, journal.lines.length]).toEqual([0, 2])
  })

  it.each([
    [[], true],
    [[{ type: 'end', outcome: 'done' }], false],
    [[{ type: 'end', outcome: 'stopped' }], true],
    [[{ type: 'end', outcome: 'failed' }], true],
    [[{ type: 'end', outcome: 'undo-failed' }], true],
    [[{ type: 'end', outcome: 'undone' }], false],
    [[{ type: 'end', outcome: 'discarded' }], false],
    [[{ type: 'end', outcome: 'done' }, begin], true],
    // Its taking back has begun, and come to no end.
    [[undo({}), { type: 'end', outcome: 'done' }, { type: 'taking-back' }], true],
    [[undo({}), { type: 'end', outcome: 'done' }], false],
  ])('knows whether something is left to do: %j → %s', async (lines, interrupted) => {
    const journal = await create()
    for (const line of lines) await journal.add({ at: '', ...line } as JournalLine)
    const { journals } = await interruptedRuns(memory.machine, '/state')
    expect(journals.length === 1).toBe(interrupted)
  })

  it('that is damaged does not hide the others', async () => {
    await create()
    memory.files.set('/state/runs/broken/journal.jsonl', 'garbage\n')
    memory.files.set('/state/runs/empty/other.txt', '')
    const { journals, damaged } = await interruptedRuns(memory.machine, '/state')
    expect(journals.map(({ head: { id } }) => id)).toEqual(['run-1'])
    expect(damaged.map(({ where }) => where?.file)).toEqual(['/state/runs/broken/journal.jsonl'])
  })
})
