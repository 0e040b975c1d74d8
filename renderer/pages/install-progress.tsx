import { ProgressBar } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { RunView } from '../../electron/contract/run.ts'
import { Icon } from '../components/icon.tsx'
import { clock } from '../format.ts'
import { messages } from '../messages/index.ts'
import { isMoving } from '../store/run-events.ts'
import { currentStep } from '../store/run-facts.ts'
import { useWords } from '../store/course.ts'
import { useRun } from '../store/run.ts'

const text = messages.install

/** One bar that never goes back, the step it stands at, and the time. */
export function InstallProgress({ view }: { readonly view: RunView }) {
  const elapsed = useElapsed(view)
  const words = useWords()
  const failed = view.status === 'failed' || view.status === 'undo-failed'
  const step = currentStep(view)
  const at = step === undefined ? 0 : view.steps.indexOf(step) + 1
  const all = view.steps.length
  return (
    <div className="progress">
      <div className="progress-head">
        <span>
          <b>{at === 0 ? endOf(view) : text[wordsFor(view.status)](at, all)}</b>
          {at > 0 && !failed && ` · ${step?.title}`}
        </span>
        <span className="elapsed">
          <Icon name="Clock16Regular" />
          {isMoving(view)
            ? text.elapsed(clock(elapsed))
            : failed
              ? text.stoppedAfter(clock(view.elapsedMs))
              : text.took(clock(view.elapsedMs))}
        </span>
      </div>
      <ProgressBar
        value={view.fraction}
        thickness="large"
        color={failed ? 'error' : 'brand'}
        aria-label={words.progress}
      />
    </div>
  )
}

const endOf = ({ status, steps }: RunView): string =>
  status === 'undone'
    ? text.allUndone(steps.filter(({ state }) => state === 'undone').length)
    : text.allDone(steps.length)

const wordsFor = (status: RunView['status']): 'stepFailed' | 'stepNotUndone' | 'stepOf' =>
  status === 'failed' ? 'stepFailed' : status === 'undo-failed' ? 'stepNotUndone' : 'stepOf'

/** Milliseconds since the run began, by this page's clock; moves once a second. */
function useElapsed(view: RunView): number {
  const since = useRun((state) => state.since)
  const [now, setNow] = useState(Date.now)
  const moving = isMoving(view)
  useEffect(() => {
    if (!moving) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [moving])
  return Math.max(view.elapsedMs, now - since)
}
