import type { FieldNote } from '../electron/contract/views.ts'
import type { Fault } from './store/faults.ts'

/** What a field shows of the notes about it: a warning, or a plain remark. Errors are left to Next and the summary. */
export function warningFor(notes: readonly FieldNote[], path: string): { readonly warning?: string } {
  const note = notes.find(({ field, level }) => field === path && level !== 'error')
  return note === undefined ? {} : { warning: note.text }
}

/** The notes that keep the installer from going on. */
export const errorsOf = (notes: readonly FieldNote[]): readonly Fault[] =>
  notes.filter(({ level }) => level === 'error').map(({ field, text }) => ({ path: field, text }))

/** A value that the back end proposes for a field; undefined when there is none. */
export const suggestionFor = (notes: readonly FieldNote[], path: string): string | undefined =>
  notes.find((note) => note.field === path && note.suggestion !== undefined)?.suggestion
