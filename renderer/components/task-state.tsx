import { useEffect, useRef, useState } from 'react'
import { announce } from '../announce.ts'
import { clock, duration } from '../format.ts'
import { messages } from '../messages/index.ts'
import { taskMoves, useTask, type TaskRun } from '../store/task.ts'
import { useWorking } from '../store/working.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import type { RunView } from '../../electron/contract/run.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { ProblemCard } from './problem-card.tsx'

const text = messages.tasks

/** A small setup at its button: what it does now and for how long, then what became of it. Keeps the focus there. */
export function TaskState({ run }: { readonly run: TaskRun }) {
  const element = useRef<HTMLDivElement>(null)
  const moves = taskMoves(run)
  useEffect(() => {
    // The button that was pressed has gone with its state; else the keyboard would begin at the top again.
    if (document.activeElement === document.body) element.current?.focus()
  }, [moves])
  const said = sentenceOf(run)
  useEffect(() => announce(said), [said])
  return (
    <div ref={element} className="task-state" role="group" aria-label={run.label} tabIndex={-1}>
      {moves ? <Going run={run} /> : <Outcome run={run} />}
    </div>
  )
}

function Going({ run }: { readonly run: TaskRun }) {
  const latest = useWorking((state) => state.texts[run.operation])
  const stop = useTask((state) => state.stop)
  const stopping = run.state === 'stopping'
  const waits = run.asks && latest === undefined
  return (
    <>
      <p className="working">
        {waits ? (
          <Icon name="Shield20Regular" className="brand" />
        ) : (
          <span className="spin" aria-hidden="true" />
        )}
        <span className="grow">{latest ?? (waits ? text.asking : text.starting)}</span>
        <Elapsed since={run.since} />
      </p>
      {!waits && (
        <p className="row">
          <Button size="small" pressed={stopping} onClick={() => void stop()}>
            {text.stop}
          </Button>
          {stopping && <span className="secondary">{text.stopping}</span>}
        </p>
      )}
    </>
  )
}

function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return <span className="duration">{text.elapsed(clock(Math.max(0, now - since)))}</span>
}

function Outcome({ run: { label, outcome } }: { readonly run: TaskRun }) {
  if (outcome === undefined) return null
  if ('problem' in outcome) return <ProblemCard problem={outcome.problem} tone={toneOf(outcome.problem)} />
  const { view } = outcome
  if (view.failure !== undefined || view.undoFailures.length > 0) return <Failed view={view} />
  return (
    <p className="working">
      <Icon
        name={view.status === 'stopped' ? 'SubtractCircle20Regular' : 'CheckmarkCircle20Filled'}
        className={view.status === 'stopped' ? 'mark-waiting' : 'mark-passed'}
      />
      {endOf(label, view)}
    </p>
  )
}

function Failed({ view }: { readonly view: RunView }) {
  return (
    <>
      {view.failure && <ProblemCard problem={view.failure.problem} />}
      <p>
        {view.status === 'undone'
          ? text.takenBack
          : view.undoFailures.length > 0
            ? text.notTakenBack
            : text.stays}
      </p>
      {view.undoFailures.map((failure) => (
        <ProblemCard key={failure.step} problem={failure.problem} />
      ))}
    </>
  )
}

/** A prompt that was answered with no is a decision, not a failure. */
const toneOf = (problem: Problem): 'failed' | 'warning' =>
  problem.code === 'elevation.refused' ? 'warning' : 'failed'

function endOf(label: string, view: RunView): string {
  switch (view.status) {
    case 'stopped':
    case 'as-wanted':
      return text.outcomes[view.status](label)
    default:
      return text.outcomes.done(label, duration(view.elapsedMs))
  }
}

/** What a screen reader is told: the beginning and the end, not every line between. */
function sentenceOf({ label, outcome, asks }: TaskRun): string {
  if (outcome === undefined) return asks ? text.asking : text.starting
  if ('problem' in outcome) return text.failedSay(label, outcome.problem.what)
  const { failure } = outcome.view
  return failure === undefined ? endOf(label, outcome.view) : text.failedSay(label, failure.problem.what)
}
