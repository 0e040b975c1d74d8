import type { FieldNote } from '../../electron/contract/views.ts'

/** Where a note belongs, whether the back end says `httpPort` or `container.httpPort`. */
export const containerPath = (field: string): string =>
  field === 'publicUrl' || field.startsWith('container.') || field.startsWith('database.')
    ? field
    : `container.${field}`

/** A warning's text as a field's property; nothing when there is none. */
export function warningFor(notes: readonly FieldNote[], field: string): { readonly warning?: string } {
  const note = notes.find(
    (candidate) => containerPath(candidate.field) === containerPath(field) && candidate.level !== 'error',
  )
  return note === undefined ? {} : { warning: note.text }
}
