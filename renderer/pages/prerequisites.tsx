import { useCallback, useEffect } from 'react'
import { Button } from '../components/button.tsx'
import { CheckList } from '../components/check-list.tsx'
import { Icon } from '../components/icon.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { Working } from '../components/working.tsx'
import { duration, timeOfDay } from '../format.ts'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { currentCourse } from '../store/course.ts'
import type { Fault } from '../store/faults.ts'
import {
  attentionOf,
  failuresOf,
  isAskedLater,
  laterPageOf,
  usePrerequisites,
} from '../store/prerequisites.ts'
import { currentDraft } from '../store/slices.ts'
import { taskMoves, useTask } from '../store/task.ts'
import type { CheckReport, CheckStatus } from '../../electron/contract/check.ts'
import { CheckFix } from './prerequisites-fix.tsx'
import { CheckPlace } from './prerequisites-place.tsx'

const text = messages.checks
const againId = 'check-again'

const fixBelow = (found: CheckReport) => (
  <>
    <CheckFix check={found} />
    <CheckPlace check={found} />
  </>
)

/** A failure that only a later page can put right does not keep anybody from going there. */
function check(): readonly Fault[] {
  const { running, checks, problem } = usePrerequisites.getState()
  const task = useTask.getState().current
  if (task && taskMoves(task)) return [{ path: againId, text: messages.tasks.busy(task.label) }]
  if (running) return [{ path: againId, text: text.notDone }]
  const course = currentCourse()
  if (problem) return isAskedLater(problem, course) ? [] : [{ path: againId, text: problem.what }]
  return checks
    .filter((found) => found.status === 'failed' && laterPageOf(found, course.hosting) === undefined)
    .map((found) => ({ path: againId, text: text.fault(found.title, found.summary) }))
    .slice(0, 1)
}

/** Everything the setup needs, looked at at once. What needs attention stands on top, the worst one open. */
export default function Prerequisites() {
  const state = usePrerequisites()
  const { running, checks, problem, run } = state
  const fixed = useTask((tasks) => tasks.current?.place)
  const again = useCallback(() => {
    useTask.getState().dismiss()
    void run(currentDraft())
  }, [run])
  useEffect(again, [again])
  const attention = attentionOf(checks, fixed)
  const of = (...statuses: CheckStatus[]) =>
    checks.filter((found) => statuses.includes(found.status) && !attention.includes(found))
  const failures = failuresOf(checks)
  const next = () => void goNext(check)
  return (
    <Page
      id="prerequisites"
      title={text.title}
      lead={text.lead}
      action={
        <Button id={againId} icon="ArrowSync20Regular" onClick={again}>
          {text.again}
        </Button>
      }
      footer={
        <WizardFooter note={<FooterNote failures={failures} done={!running && !problem} />} onNext={next} />
      }
    >
      <div className="summary-bar" role="status">
        {running ? (
          <Working
            text={state.doneAt === undefined ? text.running : text.runningAgain}
            operation={state.operation}
          />
        ) : (
          <Summary took={state.tookMs} doneAt={state.doneAt} />
        )}
      </div>
      <Scroll label={text.regionLabel} className="check-lists">
        {problem && <ProblemCard problem={problem} />}
        <CheckList
          title={text.groups.attention}
          checks={attention}
          below={fixBelow}
          {...(attention[0] === undefined ? {} : { open: attention[0].id })}
        />
        <CheckList title={text.groups.passed} checks={of('passed')} />
        <CheckList title={text.groups.other} checks={of('not-applicable', 'not-tried')} />
      </Scroll>
    </Page>
  )
}

function Summary({ took, doneAt }: { readonly took: number; readonly doneAt: number | undefined }) {
  const checks = usePrerequisites((state) => state.checks)
  const count = (status: CheckStatus) => checks.filter((found) => found.status === status).length
  return (
    <>
      {count('failed') > 0 && <Pill tone="failed">{text.failed(count('failed'))}</Pill>}
      {count('warning') > 0 && <Pill tone="warning">{text.warnings(count('warning'))}</Pill>}
      {count('passed') > 0 && <Pill tone="passed">{text.passed(count('passed'))}</Pill>}
      {count('not-applicable') > 0 && <Pill tone="plain">{text.notApplicable(count('not-applicable'))}</Pill>}
      {doneAt !== undefined && (
        <span className="when">{text.took(checks.length, duration(took), timeOfDay(doneAt))}</span>
      )}
    </>
  )
}

function FooterNote({ failures, done }: { readonly failures: number; readonly done: boolean }) {
  if (failures > 0)
    return (
      <span className="error-text">
        <Icon name="DismissCircle16Filled" className="mark-failed" />
        {text.failures(failures)}
      </span>
    )
  return done ? text.noFailure : ''
}
