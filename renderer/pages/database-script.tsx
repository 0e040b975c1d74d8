import { useState } from 'react'
import type { GrantScriptView } from '../../electron/contract/database.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Code } from '../components/code.tsx'
import { Dialog } from '../components/dialog.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { finishSaving, type SaveOutcome } from '../save.ts'
import { currentDraft } from '../store/slices.ts'

const text = messages.database.grants

interface DatabaseScriptProps {
  /** Of the button. */
  readonly label: string
  readonly title: string
  /** What it does, and who runs it. */
  readonly about: string
}

/** SQL for somebody else: a button, and the script in a dialog, to be read, copied and saved. */
export function DatabaseScript({ label, title, about }: DatabaseScriptProps) {
  const [open, setOpen] = useState(false)
  const [script, setScript] = useState<GrantScriptView | undefined>()
  const [problem, setProblem] = useState<Problem | undefined>()
  const [saved, setSaved] = useState<SaveOutcome>()
  const show = async () => {
    setOpen(true)
    setScript(undefined)
    setProblem(undefined)
    setSaved(undefined)
    const reply = await ask('database.grants', { draft: currentDraft() })
    if (reply.ok) setScript(reply.value)
    else setProblem(reply.problem)
  }
  const save = async () =>
    setSaved(finishSaving(await ask('database.save-grants', { draft: currentDraft() })))
  const close = () => setOpen(false)
  return (
    <>
      <Button size="small" icon="Code20Regular" onClick={() => void show()}>
        {label}
      </Button>
      {open && (
        <Dialog
          title={title}
          onClose={close}
          actions={
            <>
              {script !== undefined && (
                <Button appearance="primary" onClick={() => void save()}>
                  {text.save}
                </Button>
              )}
              <Button onClick={close}>{text.close}</Button>
            </>
          }
        >
          <p>{about}</p>
          {script === undefined && problem === undefined && <Working text={text.making} />}
          {problem && <ProblemCard problem={problem} />}
          {script && (
            <div className="grant-script" role="region" aria-label={script.name} tabIndex={0}>
              <Code text={script.text} what={text.copy} />
            </div>
          )}
          {saved !== undefined && 'said' in saved && <p role="status">{saved.said}</p>}
          {saved !== undefined && 'problem' in saved && <ProblemCard problem={saved.problem} />}
        </Dialog>
      )}
    </>
  )
}
