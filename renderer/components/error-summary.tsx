import { useEffect, useRef } from 'react'
import { focusField } from '../focus-field.ts'
import { messages } from '../messages/index.ts'
import { useFaults } from '../store/faults.ts'
import { Icon } from './icon.tsx'

/** What Next found missing, each with a way to its field. Takes the focus each time it was asked for. */
export function ErrorSummary() {
  const { summary, presses } = useFaults()
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Only a press moves the focus; a fault that goes away while typing does not.
    if (useFaults.getState().summary.length > 0) element.current?.focus()
  }, [presses])
  if (summary.length === 0) return null
  return (
    <div className="card problem problem-failed" role="alert" tabIndex={-1} ref={element}>
      <Icon name="DismissCircle20Filled" className="mark-failed" />
      <div className="problem-text">
        <h2>{messages.common.summary(summary.length)}</h2>
        <ul>
          {summary.map((fault) => (
            <li key={fault.path}>
              <a
                href={`#${fault.path}`}
                onClick={(event) => {
                  event.preventDefault()
                  focusField(fault.path)
                }}
              >
                {fault.text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
