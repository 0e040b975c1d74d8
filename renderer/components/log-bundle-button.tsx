import { useState } from 'react'
import { ask } from '../bridge.ts'
import { bytes } from '../format.ts'
import { messages } from '../messages/index.ts'
import { finishSaving, type SaveOutcome } from '../save.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ProblemCard } from './problem-card.tsx'

type Files = readonly { readonly name: string; readonly bytes: number }[]

/** "Save log bundle…": shows what would be in it, then saves it. */
export function LogBundleButton() {
  const [files, setFiles] = useState<Files | undefined>()
  const [outcome, setOutcome] = useState<SaveOutcome>()
  const text = messages.logBundle
  const open = async () => {
    const reply = await ask('logs.list', {})
    setOutcome(reply.ok ? undefined : { problem: reply.problem })
    setFiles(reply.ok ? reply.value : [])
  }
  const close = () => setFiles(undefined)
  const save = async () => setOutcome(finishSaving(await ask('logs.save', {})))
  return (
    <>
      <Button appearance="subtle" icon="Archive20Regular" onClick={() => void open()}>
        {text.button}
      </Button>
      {files !== undefined && (
        <Dialog
          title={text.title}
          onClose={close}
          actions={
            <>
              <Button appearance="primary" onClick={() => void save()}>
                {text.save}
              </Button>
              <Button onClick={close}>{text.close}</Button>
            </>
          }
        >
          <p>{text.body}</p>
          <ul className="bundle">
            {files.map((file) => (
              <li key={file.name}>
                <span className="mono">{file.name}</span>
                <span className="duration">{bytes(file.bytes)}</span>
              </li>
            ))}
          </ul>
          {outcome !== undefined && 'said' in outcome && <p role="status">{outcome.said}</p>}
          {outcome !== undefined && 'problem' in outcome && <ProblemCard problem={outcome.problem} />}
        </Dialog>
      )}
    </>
  )
}
