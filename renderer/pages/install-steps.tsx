import { useEffect, useRef } from 'react'
import type { RunView, StepState } from '../../electron/contract/run.ts'
import { StateIcon, markOfStep } from '../components/state-icon.tsx'
import { duration } from '../format.ts'
import { messages } from '../messages/index.ts'
import { currentStep } from '../store/run-facts.ts'

const text = messages.install

/** States that a mark shares with another one. */
const worded: ReadonlySet<StepState> = new Set(['as-wanted', 'undone', 'undo-failed'])

/** The steps with their states; the current one is kept in sight. */
export function InstallSteps({ view }: { readonly view: RunView }) {
  const current = currentStep(view)
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    // Newer browsers answer with a promise, which React would take for a clean-up.
    void row.current?.scrollIntoView({ block: 'nearest' })
  }, [current?.id])
  return (
    <div className="pane-start card flush">
      <ol className="run">
        {view.steps.map((step) => (
          <li
            key={step.id}
            ref={step.id === current?.id ? row : null}
            className={`run-${markOfStep(step.state)}`}
            aria-current={step.id === current?.id ? 'step' : undefined}
          >
            <StateIcon mark={markOfStep(step.state)} label={text.stepStates[step.state]} />
            <span>
              {step.title}
              {worded.has(step.state) && (
                <span className="secondary line"> {text.stepStates[step.state]}</span>
              )}
            </span>
            <span className="duration">{step.ms === undefined ? '' : duration(step.ms)}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
