import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fileChange } from '../../../electron/setup/diff.ts'

const shown = (before: string | undefined, after: string) =>
  fileChange('/f', before, after).lines.map(({ kind, text }) => `${kind} ${text}`)

it('shows what changes, two lines around it, and a gap between', () => {
  const before = Array.from({ length: 12 }, (_, at) => `line ${at + 1}`).join('\r\n')
  const after = before.replace('line 2\r', 'LINE 2\r').replace('line 11', 'LINE 11')
  expect(shown(before, after)).toEqual([
    'same line 1',
    'removed line 2',
    'added LINE 2',
    'same line 3',
    'same line 4',
    'gap ',
    'same line 9',
    'same line 10',
    'removed line 11',
    'added LINE 11',
    'same line 12',
  ])
})

it('knows new, changed and unchanged files', () => {
  expect(fileChange('/f', undefined, 'a\nb')).toMatchObject({ change: 'new', added: 2, removed: 0 })
  expect(fileChange('/f', 'a', 'a')).toMatchObject({ change: 'unchanged', lines: [] })
  expect(fileChange('/f', 'a\nb', 'a\nc')).toMatchObject({ change: 'changed', added: 1, removed: 1 })
})

it('numbers lines as editors do: each one shown is the line of that number', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', '', '  d', '+e', '-f', '\\ g'))
    .map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const change = fileChange('/f', before, after)
      for (const { oldLine, newLine, text: line } of change.lines) {
        if (oldLine !== undefined) expect(before.split('\n')[oldLine - 1]).toBe(line)
        if (newLine !== undefined) expect(after.split('\n')[newLine - 1]).toBe(line)
      }
      const count = (kind: string) => change.lines.filter((line) => line.kind === kind).length
      expect([count('added'), count('removed')]).toEqual([change.added, change.removed])
    }),
  )
})
