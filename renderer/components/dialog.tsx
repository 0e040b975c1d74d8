import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Announcer } from './announcer.tsx'

interface DialogProps {
  readonly title: string
  readonly children: ReactNode
  readonly actions: ReactNode
  /** Esc, or closed otherwise. */
  readonly onClose: () => void
}

/** A modal dialog; mounted means open. The native element holds the focus inside and gives it back. */
export function Dialog({ title, children, actions, onClose }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // Before the element leaves the page: closed afterwards, it gives the focus back to nobody.
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    // The primary action is always the safe one; the browser would take the first.
    dialog?.querySelector<HTMLElement>('.dialog-actions .primary')?.focus()
    return () => dialog?.close()
  }, [])
  // Out of the card it was opened from, whose styles are not the dialog’s, but inside the theme.
  return createPortal(
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id={titleId}>{title}</h2>
      <div className="dialog-body">{children}</div>
      <div className="dialog-actions">{actions}</div>
      <Announcer />
    </dialog>,
    document.querySelector('.window') ?? document.body,
  )
}
