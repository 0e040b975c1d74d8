import type { ReactNode } from 'react'
import { messages } from '../messages/index.ts'
import { goBack } from '../navigate.ts'
import { askToLeave } from '../leave.ts'
import { Button } from './button.tsx'
import type { IconName } from './icon.tsx'

interface WizardFooterProps {
  /** A status, or what Next will not do. */
  readonly note?: ReactNode
  readonly next?: string
  readonly nextIcon?: IconName | undefined
  readonly onNext: () => void
}

/** Back, Next, Cancel: the footer of every page before Install. What changes the machine has no key of its own. */
export function WizardFooter({ note, next = messages.frame.next, nextIcon, onNext }: WizardFooterProps) {
  return (
    <>
      <div className="footer-note">{note}</div>
      <Button withAlt={messages.frame.keys.back} onClick={() => void goBack()}>
        {messages.frame.back}
      </Button>
      <Button
        appearance="primary"
        id="next"
        onClick={onNext}
        {...(nextIcon === undefined ? {} : { icon: nextIcon })}
        {...(next === messages.frame.next ? { withAlt: messages.frame.keys.next } : {})}
      >
        {next}
      </Button>
      <span className="footer-gap" />
      <Button onClick={askToLeave}>{messages.frame.cancel}</Button>
    </>
  )
}
