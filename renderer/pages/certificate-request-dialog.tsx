import { useEffect, useState, type KeyboardEvent } from 'react'
import { Button } from '../components/button.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/fields.tsx'
import { PathField } from '../components/path-field.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { needed } from '../rules.ts'
import { useCertificate } from '../store/certificate.ts'
import { useCertificateRequest } from '../store/certificate-request.ts'
import { useFaults } from '../store/faults.ts'
import { currentDraft } from '../store/slices.ts'
import { KeyFields } from './certificate-key.tsx'

const text = messages.certificate.request
const { subject: subjectLabel, subjectName, subjectHint } = messages.certificate

/** Milliseconds before a sign of life is worth showing: most keys are made sooner. */
const patience = 300

interface RequestDialogProps {
  readonly onClose: () => void
}

/** Makes a request for an authority, and then says where it is and what to do with it. */
export function RequestDialog({ onClose }: RequestDialogProps) {
  const made = useCertificateRequest((state) => state.made)
  useEffect(() => {
    useCertificateRequest.getState().open(useCertificate.getState().subject)
    return () => {
      useCertificateRequest.getState().stop()
      for (const path of ['request.subject', 'request.folder']) useFaults.getState().set(path, undefined)
      // Those that wait are listed on the page behind, also one that was made before it could be stopped.
      void useCertificate.getState().findOptions(currentDraft())
    }
  }, [])
  return made === undefined ? <RequestForm onClose={onClose} /> : <RequestMade onClose={onClose} />
}

function RequestForm({ onClose }: RequestDialogProps) {
  const { key, hash, subject, folder, operation, problem, change, make, stop } = useCertificateRequest()
  // The dialog itself puts the focus on its button, for questions; a form begins with its first field.
  useEffect(() => document.getElementById('request.key')?.focus(), [])
  const create = () => {
    const faults = [
      ...needed('request.subject', subject, subjectName),
      ...needed('request.folder', folder, text.folderName),
    ]
    for (const { path, text: said } of faults) useFaults.getState().set(path, said)
    if (faults[0] === undefined) return void make()
    document.getElementById(faults[0].path)?.focus()
  }
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    // Enter belongs to the dialog here; the page behind would take it for Next.
    event.preventDefault()
    event.stopPropagation()
    create()
  }
  const working = operation !== ''
  return (
    <Dialog
      title={text.title}
      onClose={working ? stop : onClose}
      actions={
        working ? (
          <Button onClick={stop}>{text.stop}</Button>
        ) : (
          <>
            <Button appearance="primary" onClick={create}>
              {text.make}
            </Button>
            <Button onClick={onClose}>{text.cancel}</Button>
          </>
        )
      }
    >
      <p>{text.lead}</p>
      <div className="form request-form" role="presentation" onKeyDown={enter}>
        <KeyFields path="request" signingKey={key} hash={hash} onChange={change} />
        <TextField
          path="request.subject"
          label={subjectLabel}
          hint={subjectHint}
          mono
          required
          value={subject}
          onText={(value) => change({ subject: value })}
        />
        <PathField
          path="request.folder"
          label={text.folder}
          hint={text.folderHint}
          kinds={['folder']}
          required
          value={folder}
          onText={(value) => change({ folder: value })}
        />
      </div>
      {working && <AfterAWhile operation={operation} />}
      {problem && <ProblemCard problem={problem} />}
    </Dialog>
  )
}

function AfterAWhile({ operation }: { readonly operation: string }) {
  const [due, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), patience)
    return () => clearTimeout(timer)
  }, [])
  return due ? <Working text={text.working} operation={operation} /> : null
}

function RequestMade({ onClose }: RequestDialogProps) {
  const made = useCertificateRequest((state) => state.made)
  if (made === undefined) return null
  return (
    <Dialog
      title={text.doneTitle}
      onClose={onClose}
      actions={
        <Button appearance="primary" onClick={onClose}>
          {text.close}
        </Button>
      }
    >
      <div className="print">
        <span className="mono">{made.file}</span>
        <CopyButton what={text.doneWhat} text={made.file} />
      </div>
      <h3>{text.nextTitle}</h3>
      <ol className="numbered">
        {text.next.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
    </Dialog>
  )
}
