import type { FoundState, PlanStep, PlanView, StepGroup } from '../../electron/contract/plan.ts'
import { Icon, type IconName } from '../components/icon.tsx'
import { messages } from '../messages/index.ts'
import { useReview } from '../store/review.ts'

const text = messages.review

const icons: Record<StepGroup, IconName> = {
  files: 'Document20Regular',
  certificate: 'Certificate20Regular',
  container: 'Box20Regular',
  service: 'Server20Regular',
  website: 'Globe20Regular',
  windows: 'Window20Regular',
  database: 'Database20Regular',
}

/** What has to catch the eye in the list; everything else is said beside it. */
const marks: Partial<Record<FoundState, readonly [icon: IconName, tone: string]>> = {
  unknown: ['QuestionCircle16Regular', 'mark-waiting'],
  foreign: ['Warning16Filled', 'mark-warning'],
}

/** The steps in the order they run, under a heading wherever the group changes. */
export function ReviewSteps({ plan }: { readonly plan: PlanView }) {
  const acting = plan.steps.filter((step) => step.found !== 'as-wanted').length
  const unseen = plan.steps.filter((step) => step.found === 'unknown').length
  return (
    <div className="pane-start card flush">
      <div className="pane-sum">
        <b>{text.steps(plan.steps.length)}</b>
        <span>{text.changes(acting)}</span>
      </div>
      {unseen > 0 && (
        <p className="pane-unseen">
          <Icon name="QuestionCircle16Regular" className="mark-waiting" />
          {text.unseen(unseen)}
        </p>
      )}
      <ol className="plan" aria-label={text.stepsLabel}>
        {groupsOf(plan.steps).map((group) => (
          <li key={group[0]!.id}>
            <span className="plan-group">
              <Icon name={icons[group[0]!.group]} size={16} />
              {text.groups[group[0]!.group]}
            </span>
            <ol>
              {group.map((step) => (
                <StepRow key={step.id} step={step} />
              ))}
            </ol>
          </li>
        ))}
      </ol>
    </div>
  )
}

function StepRow({ step }: { readonly step: PlanStep }) {
  const selected = useReview((state) => state.selected === step.id)
  const select = useReview((state) => state.select)
  return (
    <li>
      <button type="button" className="plan-step" aria-pressed={selected} onClick={() => select(step.id)}>
        <span>{step.title}</span>
        <span className="row-value">{step.detail}</span>
        <StepMark found={step.found} />
      </button>
    </li>
  )
}

function StepMark({ found }: { readonly found: FoundState }) {
  const mark = marks[found]
  if (mark === undefined || (found !== 'unknown' && found !== 'foreign')) return null
  return <Icon name={mark[0]} className={mark[1]} label={text.marks[found]} />
}

/** Neighbours of one group together; the order of the steps never changes. */
function groupsOf(steps: readonly PlanStep[]): PlanStep[][] {
  const groups: PlanStep[][] = []
  for (const step of steps) {
    const last = groups.at(-1)
    if (last?.[0]?.group === step.group) last.push(step)
    else groups.push([step])
  }
  return groups
}
