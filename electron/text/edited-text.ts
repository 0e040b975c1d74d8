import { applyEdits, type TextEdit } from './edit.ts'

/** A piece of the text as it is now: taken over from the original, or new. */
type Piece = { readonly start: number; readonly end: number } | { readonly text: string }

/** A text that is edited again and again, and remembers all of it as edits of the text it began with. */
export class EditedText {
  readonly #original: string
  #pieces: readonly Piece[]
  #text: string

  constructor(original: string) {
    this.#original = original
    this.#text = original
    this.#pieces = original === '' ? [] : [{ start: 0, end: original.length }]
  }

  /** As it is now. */
  get text(): string {
    return this.#text
  }

  /** Applies edits that do not overlap; their offsets are those of {@link text}. */
  apply(edits: readonly TextEdit[]): void {
    this.#text = applyEdits(this.#text, edits)
    for (const edit of [...edits].sort((a, b) => a.offset - b.offset).toReversed()) {
      const before = this.#cut(0, edit.offset)
      const after = this.#cut(edit.offset + edit.length, Infinity)
      this.#pieces = [...before, ...(edit.text === '' ? [] : [{ text: edit.text }]), ...after]
    }
  }

  /** Everything that was done, as edits of the original: in order, and none of them touches the next. */
  edits(): readonly TextEdit[] {
    const found: TextEdit[] = []
    let done = 0
    let added = ''
    const close = (start: number) => {
      if (added !== '' || start > done) found.push({ offset: done, length: start - done, text: added })
      added = ''
    }
    for (const piece of this.#pieces) {
      if ('text' in piece) added += piece.text
      else {
        close(piece.start)
        done = piece.end
      }
    }
    close(this.#original.length)
    return found
  }

  #cut(from: number, to: number): Piece[] {
    const found: Piece[] = []
    let at = 0
    for (const piece of this.#pieces) {
      const length = 'text' in piece ? piece.text.length : piece.end - piece.start
      const [first, last] = [Math.max(from - at, 0), Math.min(to - at, length)]
      if (first < last)
        found.push(
          'text' in piece
            ? { text: piece.text.slice(first, last) }
            : { start: piece.start + first, end: piece.start + last },
        )
      at += length
    }
    return found
  }
}
