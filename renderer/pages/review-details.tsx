import type { PlanStep, PlanView } from '../../electron/contract/plan.ts'
import { Code } from '../components/code.tsx'
import { HiddenText } from '../components/hidden-text.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { TabPanel, Tabs } from '../components/tabs.tsx'
import { messages } from '../messages/index.ts'
import { useScenario } from '../store/course.ts'
import { useReview } from '../store/review.ts'
import { scenarios } from '../store/scenarios.ts'
import { ReviewDiff } from './review-diff.tsx'
import { ReviewScript } from './review-script.tsx'

const text = messages.review

/** Right side: what the selected step finds and changes, or every command of the plan. */
export function ReviewDetails({ plan }: { readonly plan: PlanView }) {
  const { tab, openTab, selected } = useReview()
  const { script } = scenarios[useScenario((state) => state.scenario)]
  const step = plan.steps.find((candidate) => candidate.id === selected) ?? plan.steps[0]
  return (
    <div className="pane-end card flush">
      <div className="pane-tabs">
        <Tabs
          label={text.detailsLabel}
          value={tab}
          onValue={openTab}
          tabs={[
            ['changes', text.tabs.changes],
            ['commands', text.tabs.commands],
            ...(script ? [['script', text.tabs.script] as const] : []),
          ]}
        />
        {plan.warnings.length > 0 && <Pill tone="warning">{text.warnings(plan.warnings.length)}</Pill>}
      </div>
      <TabPanel id={tab}>
        {tab === 'changes' && step && <StepChanges step={step} plan={plan} />}
        {tab === 'commands' && <Commands plan={plan} />}
        {tab === 'script' && <ReviewScript />}
      </TabPanel>
    </div>
  )
}

const tones = {
  absent: 'plain',
  'as-wanted': 'passed',
  differs: 'info',
  foreign: 'warning',
  unknown: 'plain',
} as const

function StepChanges({ step, plan }: { readonly step: PlanStep; readonly plan: PlanView }) {
  return (
    <>
      <div className="step-found">
        <div className="row">
          <h2>{step.title}</h2>
          <Pill
            tone={tones[step.found]}
            {...(step.found === 'unknown' ? { icon: 'QuestionCircle16Regular' as const } : {})}
          >
            {text.found[step.found]}
          </Pill>
        </div>
        {step.evidence.map((line) => (
          <p key={line} className="secondary">
            <HiddenText text={line} />
          </p>
        ))}
        {step.notes.map((note) => (
          <p key={note}>
            <HiddenText text={note} />
          </p>
        ))}
      </div>
      {step.files.length === 0 && step.commands.length === 0 && step.sql.length === 0 && (
        <p className="diff-foot">{text.noFiles}</p>
      )}
      {step.files.map((file) => (
        <ReviewDiff key={file.path} file={file} />
      ))}
      <StepCommands step={step} />
      {plan.warnings.length > 0 && (
        <div className="pane-notes" role="group" aria-label={text.warningsLabel}>
          {plan.warnings.map((warning) => (
            <ProblemCard key={warning.code + warning.what} problem={warning} tone="warning" />
          ))}
        </div>
      )}
      {plan.untouched.length > 0 && (
        <div className="diff-foot">
          <b>{text.untouched}</b>
          <ul>
            {plan.untouched.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function Commands({ plan }: { readonly plan: PlanView }) {
  const acting = plan.steps.filter((step) => step.commands.length + step.sql.length > 0)
  if (acting.length === 0) return <p className="diff-foot">{text.noCommands}</p>
  return acting.map((step) => (
    <section key={step.id} aria-label={step.title}>
      <h2 className="command-title">{step.title}</h2>
      <StepCommands step={step} />
    </section>
  ))
}

function StepCommands({ step }: { readonly step: PlanStep }) {
  if (step.commands.length + step.sql.length === 0) return null
  return (
    <ol className="commands">
      {step.commands.map((command, index) => (
        <li key={`command-${index}`}>
          <Code text={command} what={`${text.command} ${index + 1}, ${step.title}`} />
        </li>
      ))}
      {step.sql.map((sql, index) => (
        <li key={`sql-${index}`}>
          <Code text={sql} what={`${text.sql} ${index + 1}, ${step.title}`} />
        </li>
      ))}
    </ol>
  )
}
