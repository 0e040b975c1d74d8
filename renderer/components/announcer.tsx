import { useState } from 'react'
import { useAnnouncer } from '../announce.ts'

/** Not seen, not spoken, but another text: the same sentence said twice is else no change, and is not spoken again. */
const unlike = '\u00a0'

/**
 * Where announced sentences are put for screen readers. The window has one, and so has each dialog: while a dialog is
 * open, nothing outside of it is spoken.
 */
export function Announcer() {
  const { text, turn } = useAnnouncer()
  // What was said before a dialog opened is not said again in it.
  const [from] = useState(turn)
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {turn > from && text + (turn % 2 === 0 ? unlike : '')}
    </div>
  )
}
