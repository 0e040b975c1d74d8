import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyEdits, type TextEdit } from '../../../electron/text/edit.ts'
import { EditedText } from '../../../electron/text/edited-text.ts'

/** Edits of a text of some length, in order and apart from each other. */
function editsOf(length: number): fc.Arbitrary<TextEdit[]> {
  return fc
    .array(fc.tuple(fc.nat({ max: length }), fc.string({ maxLength: 4 })), { maxLength: 6 })
    .map((cuts) => cuts.sort(([a], [b]) => a - b))
    .map((cuts) =>
      cuts.flatMap(([offset, text], at) => {
        const end = cuts[at + 1]?.[0] ?? length
        return at % 2 === 0 ? [{ offset, length: Math.min(3, end - offset), text }] : []
      }),
    )
}

const rounds = fc.tuple(fc.string({ maxLength: 30 }), fc.array(fc.nat(), { maxLength: 5 }))

it('says by edits of the original what was done to it in several rounds', () => {
  fc.assert(
    fc.property(rounds, fc.gen(), ([original, seeds], gen) => {
      const edited = new EditedText(original)
      let text = original
      for (const _ of seeds) {
        const edits = gen(editsOf, text.length)
        text = applyEdits(text, edits)
        edited.apply(edits)
      }
      expect(edited.text).toBe(text)
      expect(applyEdits(original, edited.edits())).toBe(text)
      // In order, and none touches the next.
      const found = edited.edits()
      for (const [at, edit] of found.entries())
        expect(edit.offset).toBeGreaterThan(at === 0 ? -1 : found[at - 1]!.offset + found[at - 1]!.length)
    }),
  )
})

it('keeps what is not touched, however much is done around it', () => {
  const edited = new EditedText('a=1;b=2;c=3;')
  edited.apply([{ offset: 2, length: 1, text: 'one' }])
  edited.apply([{ offset: 14, length: 0, text: 'd=4;' }])
  edited.apply([{ offset: 2, length: 3, text: 'eins' }])
  expect(edited.edits()).toEqual([
    { offset: 2, length: 1, text: 'eins' },
    { offset: 12, length: 0, text: 'd=4;' },
  ])
})

it('has nothing to say of a text that nobody edits', () => {
  expect(new EditedText('').edits()).toEqual([])
  expect(new EditedText('text').edits()).toEqual([])
})
