import { useState } from 'react'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { leave } from '../leave.ts'
import { messages } from '../messages/index.ts'
import { finishSaving } from '../save.ts'
import { typedDraft } from '../store/slices.ts'
import { useWizard } from '../store/wizard.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ProblemCard } from './problem-card.tsx'

/** Asks before typed answers are lost. */
export function LeaveDialog() {
  const { cancelOpen, openCancel } = useWizard()
  const [problem, setProblem] = useState<Problem | undefined>()
  if (!cancelOpen) return null
  const text = messages.leave
  const stay = () => {
    setProblem(undefined)
    openCancel(false)
  }
  const saveAndLeave = async () => {
    const outcome = finishSaving(await ask('answers.save', { draft: typedDraft() }))
    if (outcome === undefined) return
    if ('problem' in outcome) return setProblem(outcome.problem)
    await leave()
  }
  return (
    <Dialog
      title={text.title}
      onClose={stay}
      actions={
        <>
          <Button appearance="primary" onClick={() => void saveAndLeave()}>
            {text.saveAndLeave}
          </Button>
          <Button onClick={() => void leave()}>{text.leave}</Button>
          <Button onClick={stay}>{text.stay}</Button>
        </>
      }
    >
      <p>{text.body}</p>
      {problem && <ProblemCard problem={problem} />}
    </Dialog>
  )
}
