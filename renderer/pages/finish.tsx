import { useEffect, useState } from 'react'
import { ask } from '../bridge.ts'
import { replaceElsewhere } from '../begin.ts'
import { Button } from '../components/button.tsx'
import type { IconName } from '../components/icon.tsx'
import { LogBundleButton } from '../components/log-bundle-button.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { TaskButton } from '../components/task-button.tsx'
import { Working } from '../components/working.tsx'
import { duration } from '../format.ts'
import { leave } from '../leave.ts'
import { messages } from '../messages/index.ts'
import { goTo } from '../navigate.ts'
import { finishSaving, type SaveOutcome } from '../save.ts'
import { useScenario, useWords } from '../store/course.ts'
import { useHandOver } from '../store/handover.ts'
import { useHosting } from '../store/hosting.ts'
import { useMachine } from '../store/machine.ts'
import { useProof } from '../store/proof.ts'
import type { ScenarioId } from '../store/scenarios.ts'
import { typedDraft } from '../store/slices.ts'
import { ClientChangeFacts } from './finish-client.tsx'
import { FinishFacts } from './finish-facts.tsx'
import { installationRows } from './finish-installation.tsx'
import { ReplacementFacts } from './finish-replacement.tsx'
import { FinishServer } from './finish-server.tsx'

const text = messages.finish

async function startOver(): Promise<void> {
  await leave()
  await useMachine.getState().look()
}

interface NextTask {
  readonly icon: IconName
  readonly words: { readonly title: string; readonly text: string }
  readonly act: () => void
}

/** What comes next in one scenario only. */
const ownTasks: Readonly<Record<ScenarioId, readonly NextTask[]>> = {
  'new-installation': [
    { icon: 'PlugConnected20Regular', words: text.connect, act: () => void goTo('connect') },
  ],
  'replace-certificate': [
    { icon: 'Certificate20Regular', words: text.another, act: () => void replaceElsewhere() },
  ],
  'change-client': [{ icon: 'PlugConnected20Regular', words: text.connect, act: () => void goTo('connect') }],
}

/** What was done, the report, and what comes next. */
export default function Finish() {
  const { view, problem, look } = useHandOver()
  const checks = useProof((state) => state.checks)
  const scenario = useScenario((state) => state.scenario)
  const words = useWords()
  const practice = useHosting((state) => state.practice)
  const desktop = useMachine((state) => state.host.host === 'desktop')
  const [saved, setSaved] = useState<SaveOutcome>()
  useEffect(() => void look(), [look])

  const failed = checks.some((check) => check.status === 'failed')
  const tried = checks.filter((check) => check.status !== 'not-applicable')
  const passed = tried.filter((check) => check.status === 'passed').length
  const tasks: readonly NextTask[] = [
    ...ownTasks[scenario],
    {
      icon: 'DocumentCheckmark20Regular',
      words: text.answers,
      act: () =>
        void ask('answers.save', { draft: typedDraft() }).then((reply) => setSaved(finishSaving(reply))),
    },
    { icon: 'Add20Regular', words: text.again, act: () => void startOver() },
  ]
  return (
    <Page
      id="finish"
      mark={failed ? 'failed' : 'passed'}
      title={failed ? words.notProven : practice ? words.practised : words.finished}
      lead={
        view
          ? `${words.took(duration(view.report.seconds * 1000))} ${text.passed(passed, tried.length)}`
          : text.loading
      }
      footer={
        <>
          <div className="footer-note">
            <LogBundleButton />
            {saved !== undefined && 'said' in saved && <span role="status">{saved.said}</span>}
          </div>
          <Button appearance="primary" onClick={() => void (desktop ? ask('window.close', {}) : startOver())}>
            {text.close}
          </Button>
        </>
      }
    >
      <Scroll label={text.regionLabel}>
        <div className="finish">
          {problem && <ProblemCard problem={problem} />}
          {saved !== undefined && 'problem' in saved && <ProblemCard problem={saved.problem} />}
          {!view && !problem && <Working text={text.loading} />}
          <Facts scenario={scenario} failed={failed} onSaved={setSaved} />
          <h2 className="section-title">{text.next}</h2>
          <ul className="tasks one">
            {tasks.map(({ icon, words: { title, text: line }, act }) => (
              <li key={title}>
                <TaskButton icon={icon} title={title} text={line} onClick={act} />
              </li>
            ))}
          </ul>
        </div>
      </Scroll>
    </Page>
  )
}

interface FactsProps {
  readonly scenario: ScenarioId
  readonly failed: boolean
  readonly onSaved: (outcome: SaveOutcome) => void
}

/** The facts of the ticket, and what else is to be said of them. */
function Facts({ scenario, ...rest }: FactsProps) {
  const view = useHandOver((state) => state.view)
  if (view === undefined) return null
  switch (scenario) {
    case 'new-installation':
      return (
        <>
          <FinishFacts rows={installationRows(view)} {...rest} />
          <FinishServer installation={view.installation} />
        </>
      )
    case 'replace-certificate':
      return <ReplacementFacts view={view} {...rest} />
    case 'change-client':
      return <ClientChangeFacts view={view} {...rest} />
  }
}
