import { useEffect, useState } from 'react'
import { messages } from '../messages/index.ts'
import { Icon } from './icon.tsx'

interface ClipboardNoteProps {
  /** Seconds from now; 0: nobody clears it. */
  readonly clears: number
  readonly onCleared: () => void
}

/** Says when a copied secret leaves the clipboard again. */
export function ClipboardNote({ clears, onCleared }: ClipboardNoteProps) {
  const [left, setLeft] = useState(clears)
  useEffect(() => {
    if (left === 0) {
      if (clears > 0) onCleared()
      return
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left, clears, onCleared])
  const text = messages.client
  return (
    <span className="row">
      <Icon name="Clock16Regular" />
      {clears === 0 ? text.copiedForGood : text.copied(left)}
    </span>
  )
}
