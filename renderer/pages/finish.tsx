import { useEffect, useState } from 'react'
import { ask } from '../bridge.ts'
import { Button } from '../components/button.tsx'
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
import { useHandOver } from '../store/handover.ts'
import { useHosting } from '../store/hosting.ts'
import { useMachine } from '../store/machine.ts'
import { useProof } from '../store/proof.ts'
import { currentDraft } from '../store/slices.ts'
import { FinishFacts } from './finish-facts.tsx'
import { FinishServer } from './finish-server.tsx'

const text = messages.finish

async function startOver(): Promise<void> {
  await leave()
  await useMachine.getState().look()
}

/** What was done, the report, and what comes next. */
export default function Finish() {
  const { view, problem, look } = useHandOver()
  const checks = useProof((state) => state.checks)
  const practice = useHosting((state) => state.practice)
  const desktop = useMachine((state) => state.host.host === 'desktop')
  const [saved, setSaved] = useState<SaveOutcome>()
  useEffect(() => void look(), [look])

  const failed = checks.some((check) => check.status === 'failed')
  const tried = checks.filter((check) => check.status !== 'not-applicable')
  const passed = tried.filter((check) => check.status === 'passed').length
  const title = failed ? text.titleFailed : practice ? text.titlePractice : text.title
  return (
    <Page
      id="finish"
      mark={failed ? 'failed' : 'passed'}
      title={title}
      lead={view ? text.lead(duration(view.report.seconds * 1000), passed, tried.length) : text.loading}
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
          {view && <FinishFacts view={view} failed={failed} onSaved={setSaved} />}
          {view && <FinishServer installation={view.installation} />}
          <h2 className="section-title">{text.next}</h2>
          <ul className="tasks one">
            <li>
              <TaskButton
                icon="PlugConnected20Regular"
                {...text.connect}
                onClick={() => void goTo('connect')}
              />
            </li>
            <li>
              <TaskButton
                icon="DocumentCheckmark20Regular"
                {...text.answers}
                onClick={async () =>
                  setSaved(finishSaving(await ask('answers.save', { draft: currentDraft() })))
                }
              />
            </li>
            <li>
              <TaskButton icon="Add20Regular" {...text.again} onClick={() => void startOver()} />
            </li>
          </ul>
        </div>
      </Scroll>
    </Page>
  )
}
