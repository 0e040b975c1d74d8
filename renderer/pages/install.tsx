import { useEffect } from 'react'
import { announce } from '../announce.ts'
import { Page } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { goTo } from '../navigate.ts'
import { useWords } from '../store/course.ts'
import { useRun } from '../store/run.ts'
import { isMoving } from '../store/run-events.ts'
import { currentStep, doneSteps } from '../store/run-facts.ts'
import { useWizard } from '../store/wizard.ts'
import { InstallDetails } from './install-details.tsx'
import { InstallFooter } from './install-footer.tsx'
import { InstallProgress } from './install-progress.tsx'
import { InstallSteps } from './install-steps.tsx'
import { InstallWaiting } from './install-waiting.tsx'
import type { RunView } from '../../electron/contract/run.ts'

const text = messages.install

/** Steps, one bar, the live log. Moves on by itself when all went well, stays when something failed. */
export default function Install() {
  const { view, problem, starting } = useRun()
  const words = useWords()
  const finished = view?.status === 'done' || view?.status === 'as-wanted'

  useEffect(() => {
    if (!finished) return
    announce(text.finishedSay)
    // Long enough to see the full bar, short enough not to be a wait.
    const timer = setTimeout(() => {
      if (useWizard.getState().page === 'install') void goTo('proof')
    }, 900)
    return () => clearTimeout(timer)
  }, [finished])

  const step = view && currentStep(view)?.title
  useEffect(() => {
    if (step !== undefined) announce(step)
  }, [step])

  const failed = view?.status === 'failed' || view?.status === 'undo-failed'
  const title = view ? titleOf(view, words) : starting ? text.rights.title : words.running
  const lead = view ? leadOf(view) : starting ? text.rights.lead : problem ? text.none : text.waiting
  const waits = view !== undefined && !isMoving(view) && !finished
  useEffect(() => {
    if (waits) announce(`${title}. ${lead}`)
  }, [waits, title, lead])
  return (
    <Page
      id="install"
      title={title}
      lead={lead}
      {...(failed ? { mark: 'failed' as const } : {})}
      footer={<InstallFooter view={view} />}
    >
      {problem && <ProblemCard problem={problem} />}
      {view ? (
        <>
          <InstallProgress view={view} />
          <div className="panes">
            <InstallSteps view={view} />
            <InstallDetails key={failed ? 'failed' : 'going'} view={view} />
          </div>
        </>
      ) : (
        !problem && (starting ? <InstallWaiting /> : <Working text={text.waiting} />)
      )}
    </Page>
  )
}

function titleOf(view: RunView, words: ReturnType<typeof useWords>): string {
  switch (view.status) {
    case 'running':
    case 'stopping':
      return words.running
    case 'done':
      return words.done
    case 'failed':
      return text.failed(view.failure?.title ?? currentStep(view)?.title ?? '')
    default:
      return text.titles[view.status]
  }
}

function leadOf(view: RunView): string {
  if (view.status !== 'failed') return text.leads[view.status]
  return text.failedLead(doneSteps(view), view.steps.length)
}
