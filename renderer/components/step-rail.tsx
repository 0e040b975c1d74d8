import { messages } from '../messages/index.ts'
import { goTo } from '../navigate.ts'
import { useContainer } from '../store/container.ts'
import { useHosting } from '../store/hosting.ts'
import { useClientChange } from '../store/client-change.ts'
import { useReplacement } from '../store/replacement.ts'
import { useWebsite } from '../store/website.ts'
import { useRun } from '../store/run.ts'
import { useProof } from '../store/proof.ts'
import { stepName, useCourse, useWords } from '../store/course.ts'
import type { StepId } from '../store/scenarios.ts'
import { isCommitted, phaseAt, stepIndex, stepsFor, type PageId } from '../store/steps.ts'
import { Icon } from './icon.tsx'

type RowState = 'done' | 'current' | 'failed' | 'ahead'

/** The step list: an ordered list, not tabs. Steps already done can be opened again until Install. */
export function StepRail({ page }: { readonly page: PageId }) {
  const course = useCourse()
  const practice = useHosting((state) => state.practice)
  const failed = useFailed(page)
  const at = stepIndex(course, page)
  const stateOf = (index: number): RowState => {
    if (index === at) return failed ? 'failed' : 'current'
    return index < at ? 'done' : 'ahead'
  }
  const text = messages.frame
  const words = useWords()
  const replaced = useReplacement((state) => state.view?.name)
  const changed = useClientChange((state) => state.view?.name)
  return (
    <nav className="rail" aria-label={text.railLabel}>
      <div className="rail-head">
        <b>{words.title}</b>
        <span>{practice ? text.practiceNote : (replaced ?? changed ?? words.notes[course.hosting])}</span>
      </div>
      <ol className="steps">
        {stepsFor(course).map((step, index) => {
          const phase = phaseAt(course, step)
          return (
            <li key={step} className={stateOf(index)}>
              {phase && <span className="phase">{words.phases[phase]}</span>}
              <StepRow step={step} number={index + 1} state={stateOf(index)} locked={isCommitted(page)} />
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

interface StepRowProps {
  readonly step: StepId
  readonly number: number
  readonly state: RowState
  readonly locked: boolean
}

function StepRow({ step, number, state, locked }: StepRowProps) {
  const text = messages.frame
  const { scenario } = useCourse()
  const value = useValue(step)
  const content = (
    <>
      <span className="mark" aria-hidden="true">
        {state === 'done' ? (
          <Icon name="Checkmark12Filled" />
        ) : state === 'failed' ? (
          <Icon name="Dismiss12Regular" />
        ) : (
          number
        )}
      </span>
      <span className="step-label">{stepName(scenario, step)}</span>
      {state === 'done' && value && <span className="row-value">{value}</span>}
      {(state === 'done' || state === 'failed') && (
        <span className="visually-hidden">, {state === 'done' ? text.done : text.failed}</span>
      )}
    </>
  )
  if (state === 'done' && !locked)
    return (
      <button type="button" className="step" onClick={() => void goTo(step)}>
        {content}
      </button>
    )
  const current = state === 'current' || state === 'failed'
  return (
    <span className="step" aria-current={current ? 'step' : undefined}>
      {content}
    </span>
  )
}

/** A chosen value in a word, at the end of its row. */
function useValue(step: StepId): string | undefined {
  const hosting = useHosting((state) => state.hosting)
  const port = useContainer((state) => (state.http ? state.httpPort : state.httpsPort))
  const sitePort = useWebsite((state) => (state.https ? state.httpsPort : state.httpPort))
  if (step === 'hosting') return messages.frame.hostings[hosting]
  if (step === 'website' && sitePort !== '') return `:${sitePort}`
  if (step === 'container' && port !== '') return `:${port}`
  return undefined
}

function useFailed(page: PageId): boolean {
  const runFailed = useRun((state) => state.view?.status === 'failed' || state.view?.status === 'undo-failed')
  const proofFailed = useProof((state) => state.checks.some((check) => check.status === 'failed'))
  return (page === 'install' && runFailed) || (page === 'proof' && proofFailed)
}
