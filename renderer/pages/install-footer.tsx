import { useState } from 'react'
import type { RunView } from '../../electron/contract/run.ts'
import { Button } from '../components/button.tsx'
import { LogBundleButton } from '../components/log-bundle-button.tsx'
import { leave } from '../leave.ts'
import { messages } from '../messages/index.ts'
import { goTo } from '../navigate.ts'
import { useMachine } from '../store/machine.ts'
import { currentStep, undoableSteps } from '../store/run-facts.ts'
import { useRun } from '../store/run.ts'

const text = messages.install

/** While it runs: stop. After a failure or a stop: go on, roll back, close; the log bundle at the start. */
export function InstallFooter({ view }: { readonly view: RunView | undefined }) {
  const starting = useRun((state) => state.starting)
  // Only Windows' own prompt can be answered now.
  if (view === undefined && starting) return <div className="footer-note" />
  if (view === undefined)
    return (
      <>
        <div className="footer-note" />
        <Button onClick={() => void goTo('review')}>{text.toReview}</Button>
      </>
    )
  switch (view.status) {
    case 'running':
    case 'stopping':
      return <RunningFooter view={view} />
    case 'undoing':
      return <div className="footer-note">{text.undoNote}</div>
    case 'done':
    case 'as-wanted':
      return <div className="footer-note">{text.proofFollows}</div>
    case 'undone':
      return (
        <>
          <BundleNote />
          <Button onClick={() => void goTo('review')}>{text.toReview}</Button>
          <CloseButton primary />
        </>
      )
    case 'failed':
    case 'stopped':
    case 'undo-failed':
      return <DecideFooter view={view} />
  }
}

function RunningFooter({ view }: { readonly view: RunView }) {
  const stop = useRun((state) => state.stop)
  const [asked, setAsked] = useState(false)
  const stopping = asked || view.status === 'stopping'
  const step = currentStep(view)
  return (
    <>
      <div className="footer-note" role="status">
        {stopping && step !== undefined ? text.stopsAfter(step.title) : text.proofFollows}
      </div>
      <Button
        icon="Stop20Regular"
        pressed={stopping}
        onClick={() => {
          setAsked(true)
          if (!stopping) void stop()
        }}
      >
        {text.stop}
      </Button>
    </>
  )
}

function DecideFooter({ view }: { readonly view: RunView }) {
  const { retry, rollback } = useRun()
  const undoable = undoableSteps(view)
  return (
    <>
      <BundleNote />
      {view.status !== 'undo-failed' && (
        <Button appearance="primary" icon="ArrowSync20Regular" onClick={() => void retry()}>
          {view.status === 'stopped' ? text.goOn : text.retry}
        </Button>
      )}
      <Button icon="ArrowUndo20Regular" onClick={() => void rollback()}>
        {text.rollBack(undoable)}
      </Button>
      <span className="footer-gap" />
      <CloseButton />
    </>
  )
}

const BundleNote = () => (
  <div className="footer-note">
    <LogBundleButton />
  </div>
)

function CloseButton({ primary = false }: { readonly primary?: boolean }) {
  const close = async () => {
    await leave()
    await useMachine.getState().look()
  }
  return (
    <Button appearance={primary ? 'primary' : 'secondary'} onClick={() => void close()}>
      {text.close}
    </Button>
  )
}
