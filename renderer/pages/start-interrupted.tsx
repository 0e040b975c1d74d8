import { useState } from 'react'
import type { SetupAnswers } from '../../electron/contract/answers.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import type { InterruptedView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { Menu } from '../components/menu.tsx'
import { dateAndTime } from '../format.ts'
import { messages } from '../messages/index.ts'
import { goTo } from '../navigate.ts'
import { adoptRun } from '../store/course.ts'
import { useMachine } from '../store/machine.ts'
import { useRun } from '../store/run.ts'

const text = messages.start.interrupted

interface InterruptedCardProps {
  readonly setup: InterruptedView
  /** Only one button a page is primary. */
  readonly first: boolean
  readonly onResume: (answers: SetupAnswers) => Promise<void>
  readonly onProblem: (problem: Problem) => void
}

/** A setup that was cut off: go on, take it back, or forget it. */
export function InterruptedCard({ setup, first, onResume, onProblem }: InterruptedCardProps) {
  const [asking, setAsking] = useState(false)
  const resume = async () => {
    const reply = await ask('interrupted.resume', { id: setup.id })
    if (reply.ok) await onResume(reply.value)
    else onProblem(reply.problem)
  }
  const rollBack = async () => {
    const begun = await useRun.getState().rollbackInterrupted(setup.id)
    const { view, problem } = useRun.getState()
    if (begun) {
      if (view !== undefined) adoptRun(view)
      return goTo('install')
    }
    if (problem) onProblem(problem)
  }
  const discard = async () => {
    setAsking(false)
    const reply = await ask('interrupted.discard', { id: setup.id })
    if (!reply.ok) return onProblem(reply.problem)
    await useMachine.getState().look()
  }
  return (
    <section className="card resume" aria-labelledby={`interrupted-${setup.id}`}>
      <span className="tile tile-warning">
        <Icon name="History20Regular" size={24} />
      </span>
      <div className="grow">
        <h2 id={`interrupted-${setup.id}`}>{text.title}</h2>
        <p>{text.text(setup.practice ? text.practice : setup.title, dateAndTime(setup.startedAt))}</p>
        <p>{text.where(setup.doneSteps, setup.allSteps, setup.lastStep)}</p>
      </div>
      <div className="row">
        <Button appearance={first ? 'primary' : 'secondary'} onClick={() => void resume()}>
          {text.resume}
        </Button>
        <Button onClick={() => void rollBack()}>{text.rollBack}</Button>
        <Menu label={text.more} items={[[text.discard, () => setAsking(true)]]} />
      </div>
      {asking && (
        <Dialog
          title={text.discardTitle}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => void discard()}>{text.discardYes}</Button>
              <Button appearance="primary" onClick={() => setAsking(false)}>
                {text.keep}
              </Button>
            </>
          }
        >
          <p>{text.discardBody}</p>
        </Dialog>
      )}
    </section>
  )
}
