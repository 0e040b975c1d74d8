import { expect, it } from 'vitest'
import { list, number, record, text, texts } from '../../../electron/windows/reading.ts'

it.each([
  ['a list', [1, 2], [1, 2]],
  ['an empty list', [], []],
  ['the only element of a list', 'a', ['a']],
  ['an object that was the only one', { a: 1 }, [{ a: 1 }]],
  ['nothing', undefined, []],
  ['null', null, []],
  ['the nothing of a pipe', {}, []],
  ['a list with its count', { value: [1, 2], Count: 2 }, [1, 2]],
  ['an empty list with its count', { value: [], Count: 0 }, []],
  ['an object that looks similar', { value: 1, Count: 1 }, [{ value: 1, Count: 1 }]],
])('reads %s', (_, value, expected) => {
  expect(list(value)).toEqual(expected)
})

it('leaves out what is no text', () => {
  expect(texts(['a', null, 1, 'b'])).toEqual(['a', 'b'])
  expect(texts('a')).toEqual(['a'])
})

it('reads the wrong kind as nothing', () => {
  expect([text(1), text(null), record([1]), record(null), number('1')]).toEqual(['', '', {}, {}, undefined])
})
