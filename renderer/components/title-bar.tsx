import { useEffect } from 'react'
import { messages } from '../messages/index.ts'
import { stepName, useCourse } from '../store/course.ts'
import { stepIndex, stepsFor, type Course, type PageId } from '../store/steps.ts'
import { useHosting } from '../store/hosting.ts'
import { Icon } from './icon.tsx'
import { Pill } from './pill.tsx'

/** The strip that is also the window's title bar; Windows draws its buttons over the end of it. */
export function TitleBar({ page }: { readonly page: PageId }) {
  const practice = useHosting((state) => state.practice)
  const course = useCourse()
  const title = titleOf(course, page)
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <header className="titlebar">
      <span className="appicon">
        <Icon name="Fingerprint20Regular" size={16} />
      </span>
      <span className="titlebar-text">{title}</span>
      {practice && page !== 'start' && (
        <Pill tone="info" icon="Beaker20Regular">
          {messages.frame.practice}
        </Pill>
      )}
    </header>
  )
}

function titleOf(course: Course, page: PageId): string {
  if (page === 'start') return messages.frame.product
  const step = messages.frame.stepOf(stepIndex(course, page) + 1, stepsFor(course).length)
  return `${step}: ${stepName(course.scenario, page)} – ${messages.frame.product}`
}
