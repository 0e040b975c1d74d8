import { useEffect, useRef, type ReactNode } from 'react'
import { messages } from '../messages/index.ts'
import { useCourse } from '../store/course.ts'
import { stepIndex, stepsFor, type PageId } from '../store/steps.ts'
import { ErrorSummary } from './error-summary.tsx'
import { StateIcon } from './state-icon.tsx'

interface PageProps {
  readonly id: PageId
  readonly title: string
  /** One line: what this page is for. */
  readonly lead: ReactNode
  /** Shown before the title, where the page is about an outcome. */
  readonly mark?: 'passed' | 'failed'
  /** A button beside the heading. */
  readonly action?: ReactNode
  readonly footer: ReactNode
  readonly children: ReactNode
  /** What Enter in a field does. */
  readonly onEnter?: () => void
}

/** Every page: heading (takes the focus), one line of purpose, body that may scroll, footer that never moves. */
export function Page({ id, title, lead, mark, action, footer, children, onEnter }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    // What was pressed has gone with what the page was about: else the keyboard would begin at the top of the window.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [title])
  const course = useCourse()
  const at = stepIndex(course, id)
  useEffect(() => {
    if (onEnter === undefined) return
    const enter = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
      event.preventDefault()
      onEnter()
    }
    addEventListener('keydown', enter)
    return () => removeEventListener('keydown', enter)
  }, [onEnter])
  return (
    <>
      <div className="page">
        <header className="page-head">
          <div className="page-head-text">
            {at >= 0 && <p className="eyebrow">{messages.frame.stepOf(at + 1, stepsFor(course).length)}</p>}
            <h1 ref={heading} tabIndex={-1}>
              {mark && <StateIcon mark={mark} size={24} />}
              {title}
            </h1>
            <p className="lead">{lead}</p>
          </div>
          {action && <div className="page-head-action">{action}</div>}
        </header>
        <ErrorSummary />
        {children}
      </div>
      <footer className="footer">{footer}</footer>
    </>
  )
}

interface ScrollProps {
  readonly label: string
  readonly className?: string
  readonly children: ReactNode
}

/** The part of a page that scrolls when it does not fit. Focusable, so that the keyboard can scroll it. */
export function Scroll({ label, className = '', children }: ScrollProps) {
  return (
    <div className={`scroll spaced ${className}`} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
