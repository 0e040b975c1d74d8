import { useState } from 'react'
import type { PendingRequestView } from '../../electron/contract/certificate.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { longDate } from '../format.ts'
import { messages } from '../messages/index.ts'
import { useCertificate } from '../store/certificate.ts'
import { useMachine } from '../store/machine.ts'
import { currentDraft } from '../store/slices.ts'
import { RequestDialog } from './certificate-request-dialog.tsx'

const text = messages.certificate.request
const { keys } = messages.certificate

/** Requests for an authority: a new one, and those whose answer has not come. */
export function CertificateRequests() {
  const requests = useCertificate((state) => state.options?.requests) ?? []
  const [creating, setCreating] = useState(false)
  return (
    <section className="card flush" aria-labelledby="requests">
      <div className="requests-head">
        <div className="grow">
          <h2 id="requests">{requests.length === 0 ? text.none : text.waiting}</h2>
          <p className="secondary">{requests.length === 0 ? text.noneText : text.waitingText}</p>
        </div>
        <Button onClick={() => setCreating(true)}>{text.create}</Button>
      </div>
      {requests.length > 0 && (
        <ul className="requests" aria-labelledby="requests">
          {requests.map((request) => (
            <Request key={request.id} request={request} />
          ))}
        </ul>
      )}
      {creating && <RequestDialog onClose={() => setCreating(false)} />}
    </section>
  )
}

function Request({ request }: { readonly request: PendingRequestView }) {
  const { id, subject, key, createdAt, file } = request
  const dialogs = useMachine((state) => state.host.dialogs)
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<Problem | undefined>()
  const complete = async () => {
    const { complete: begin, setFile, lookAtFile } = useCertificate.getState()
    begin(id)
    document.getElementById('certificate.file')?.focus()
    if (!dialogs) return
    const reply = await ask('dialog.open', { kind: 'certificate' })
    if (!reply.ok || reply.value === null) return
    setFile(reply.value)
    await lookAtFile(currentDraft())
  }
  const forget = async () => {
    setAsking(false)
    setProblem(await useCertificate.getState().forget(id, currentDraft()))
  }
  return (
    <li>
      <div className="request">
        <div className="grow">
          <p className="mono">{subject}</p>
          <p className="secondary">{text.row(keys[key], longDate(createdAt))}</p>
          <p className="secondary">
            <span className="mono">{file}</span>
          </p>
        </div>
        <Button size="small" label={text.completeFor(subject)} onClick={() => void complete()}>
          {text.complete}
        </Button>
        <Button
          size="small"
          appearance="subtle"
          label={text.forgetFor(subject)}
          onClick={() => setAsking(true)}
        >
          {text.forget}
        </Button>
      </div>
      {problem && <ProblemCard problem={problem} />}
      {asking && (
        <Dialog
          title={text.forgetTitle}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => void forget()}>{text.forgetYes}</Button>
              <Button appearance="primary" onClick={() => setAsking(false)}>
                {text.forgetNo}
              </Button>
            </>
          }
        >
          <p>{text.forgetBody(subject, longDate(createdAt))}</p>
        </Dialog>
      )}
    </li>
  )
}
