import { structuredPatch } from 'diff'
import type { DiffLine, FileChange } from '../contract/plan.ts'

/** Lines of context around a change, as in a unified diff. */
const CONTEXT = 2

/**
 * A file's change, line by line. `before` is undefined for a file that is not there yet. Both texts must be safe to
 * show: redact them first.
 */
export function fileChange(path: string, before: string | undefined, after: string): FileChange {
  if (before === after) return { path, change: 'unchanged', added: 0, removed: 0, lines: [] }
  const patch = structuredPatch(path, path, withEnd(before ?? ''), withEnd(after), '', '', {
    context: CONTEXT,
  })
  const lines: DiffLine[] = []
  let added = 0
  let removed = 0
  for (const hunk of patch.hunks) {
    if (lines.length > 0 || hunk.oldStart > 1) lines.push({ kind: 'gap', text: '' })
    let oldLine = hunk.oldStart
    let newLine = hunk.newStart
    for (const row of hunk.lines) {
      const text = row.slice(1).replace(/\r$/, '')
      if (row.startsWith('+')) {
        added++
        lines.push({ kind: 'added', newLine: newLine++, text })
      } else if (row.startsWith('-')) {
        removed++
        lines.push({ kind: 'removed', oldLine: oldLine++, text })
      } else if (row.startsWith(' '))
        lines.push({ kind: 'same', oldLine: oldLine++, newLine: newLine++, text })
    }
  }
  return { path, change: before === undefined ? 'new' : 'changed', added, removed, lines }
}

/** A missing line end at the end of the file is not a change worth showing. */
function withEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
