import { useEffect, useState } from 'react'
import type { CheckReport } from '../../electron/contract/check.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { announce } from '../announce.ts'
import { Button } from '../components/button.tsx'
import { LogBundleButton } from '../components/log-bundle-button.tsx'
import { Page } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { StateIcon, markOfCheck } from '../components/state-icon.tsx'
import { Working } from '../components/working.tsx'
import { duration } from '../format.ts'
import { messages } from '../messages/index.ts'
import { goTo } from '../navigate.ts'
import { currentCourse, useWords } from '../store/course.ts'
import { shownCheck, useProof } from '../store/proof.ts'
import { useRun } from '../store/run.ts'
import { neighbour } from '../store/steps.ts'
import { ProofEvidence } from './proof-evidence.tsx'

const text = messages.proof

/** What the running service says: each check with its evidence. */
export default function Proof() {
  const { checks, running, problem, selected, select, run, operation, doneAt } = useProof()
  const [refused, setRefused] = useState<Problem | undefined>()
  useEffect(() => {
    // Coming back from Connect to Creatio shows what was proven; only "Check again" asks anew.
    if (useProof.getState().doneAt === undefined && !useProof.getState().running) void run()
  }, [run])
  const failed = checks.find((check) => check.status === 'failed')
  const words = useWords()
  const lead = running ? words.proof : leadOf(checks, problem !== undefined)
  useEffect(() => {
    if (!running) announce(lead)
  }, [running, lead])
  const shown = shownCheck(checks, selected)
  const broken = !running && (failed !== undefined || problem !== undefined)
  return (
    <Page
      id="proof"
      title={running ? text.titleRunning : failed ? text.titleFailed(failed.title) : text.title}
      lead={lead}
      {...(broken ? { mark: 'failed' as const } : {})}
      action={
        !running &&
        !broken && (
          <Button icon="ArrowSync20Regular" onClick={() => void run()}>
            {text.again}
          </Button>
        )
      }
      footer={broken ? <FailedFooter onRefused={setRefused} /> : <ProofFooter running={running} />}
    >
      {running && <Working text={text.running} operation={operation} />}
      {problem && <ProblemCard problem={problem} />}
      {refused && <ProblemCard problem={refused} />}
      <div className="panes">
        <ul className="pane-start card flush proofs" aria-label={text.listLabel}>
          {checks.map((check) => (
            <li key={check.id}>
              <button
                type="button"
                className="proof"
                aria-pressed={check.id === shown?.id}
                onClick={() => select(check.id)}
              >
                <StateIcon mark={markOfCheck(check.status)} />
                <span className="grow">
                  <b>{check.title}</b>
                  <span>{check.summary}</span>
                </span>
                <span className="duration">{check.status === 'not-tried' ? '' : duration(check.ms)}</span>
              </button>
            </li>
          ))}
        </ul>
        <section
          className="pane-end card flush"
          aria-label={shown ? text.evidenceOf(shown.title) : text.evidence}
        >
          {shown && <ProofEvidence check={shown} at={doneAt} />}
        </section>
      </div>
    </Page>
  )
}

function leadOf(checks: readonly CheckReport[], problem: boolean): string {
  if (problem) return text.leadProblem
  const tried = checks.filter((check) => check.status !== 'not-applicable')
  const passed = tried.filter((check) => check.status === 'passed').length
  if (tried.some((check) => check.status === 'failed')) return text.leadFailed(passed, tried.length)
  return passed === tried.length ? text.leadPassed(passed) : text.leadWarned(passed, tried.length)
}

function ProofFooter({ running }: { readonly running: boolean }) {
  return (
    <>
      <div className="footer-note">{text.note}</div>
      {!running && (
        <Button
          appearance="primary"
          id="next"
          withAlt={messages.frame.keys.next}
          onClick={() => void goTo(neighbour(currentCourse(), 'proof', 1))}
        >
          {text.next}
        </Button>
      )}
    </>
  )
}

function FailedFooter({ onRefused }: { readonly onRefused: (problem: Problem) => void }) {
  const { run } = useProof()
  const rollback = useRun((state) => state.rollback)
  const rollBack = async () => {
    useRun.setState({ problem: undefined })
    // First: the page of the run would take it for one that has just ended well, and lead back here.
    await rollback()
    const { problem } = useRun.getState()
    if (problem === undefined) await goTo('install')
    else onRefused(problem)
  }
  return (
    <>
      <div className="footer-note">
        <LogBundleButton />
      </div>
      <Button appearance="primary" icon="ArrowSync20Regular" onClick={() => void run()}>
        {text.again}
      </Button>
      <Button icon="ArrowUndo20Regular" onClick={() => void rollBack()}>
        {text.rollBack}
      </Button>
      <span className="footer-gap" />
      <Button onClick={() => void goTo('finish')}>{text.finishFailed}</Button>
    </>
  )
}
