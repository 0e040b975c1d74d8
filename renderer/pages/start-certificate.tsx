import { useEffect, useState } from 'react'
import type { CertificateLook } from '../../electron/contract/certificate.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import type { InstallationView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { asksForPassword } from '../certificate-problems.ts'
import { Button } from '../components/button.tsx'
import { CertificateLookPanel } from '../components/certificate-look.tsx'
import { Dialog } from '../components/dialog.tsx'
import { PathField } from '../components/path-field.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { settled } from '../pending.ts'
import { useFaults } from '../store/faults.ts'
import { noSecret, type SecretSlot } from '../store/secret-slot.ts'

const text = messages.start.certificate

interface Looked {
  readonly look?: CertificateLook
  readonly problem?: Problem
}

interface InstallationCertificateProps {
  readonly installation: InstallationView
  readonly onClose: () => void
  readonly onReplace: () => void
}

/** The certificate that an installation has now. */
export function InstallationCertificate({ installation, onClose, onReplace }: InstallationCertificateProps) {
  const { id, name } = installation
  const [looked, setLooked] = useState<Looked | undefined>()
  useEffect(() => {
    let wanted = true
    void ask('certificate.current', { installation: id }).then((reply) => {
      if (wanted) setLooked(reply.ok ? { look: reply.value } : { problem: reply.problem })
    })
    return () => {
      wanted = false
    }
  }, [id])
  return (
    <Dialog
      title={text.of(name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onReplace}>{text.replace}</Button>
          <Button appearance="primary" onClick={onClose}>
            {text.close}
          </Button>
        </>
      }
    >
      <div className="looking">
        {looked === undefined ? <Working text={text.looking} /> : <Result looked={looked} />}
      </div>
    </Dialog>
  )
}

const field = 'look.file'

/** Any certificate file: chosen, looked at, compared with nothing. */
export function FileCertificate({ onClose }: { readonly onClose: () => void }) {
  const [file, setFile] = useState('')
  const [password, setPassword] = useState<SecretSlot>(noSecret)
  const [asked, setAsked] = useState(false)
  const [looking, setLooking] = useState(false)
  const [looked, setLooked] = useState<Looked | undefined>()
  const choose = (chosen: string) => {
    setFile(chosen)
    setLooked(undefined)
    setLooking(false)
    setAsked(false)
    setPassword(noSecret)
  }
  const look = async () => {
    if (file.trim() === '')
      return useFaults.getState().set(field, messages.common.rules.required(text.fileName))
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    await settled()
    setLooking(true)
  }
  useEffect(() => {
    if (!looking) return
    let wanted = true
    void ask('certificate.look', { file, ...(password.ref === '' ? {} : { password: password.ref }) }).then(
      (reply) => {
        if (!wanted) return
        const problems = reply.ok ? reply.value.problems : [reply.problem]
        if (problems.some(asksForPassword)) setAsked(true)
        setLooked(reply.ok ? { look: reply.value } : { problem: reply.problem })
        setLooking(false)
      },
    )
    return () => {
      wanted = false
    }
  }, [looking, file, password])
  useEffect(() => {
    const enter = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement) void look()
    }
    addEventListener('keydown', enter)
    return () => removeEventListener('keydown', enter)
  })
  const found = looked?.look?.certificate !== undefined
  return (
    <Dialog
      title={text.title}
      onClose={onClose}
      actions={
        <>
          <Button appearance={found ? 'secondary' : 'primary'} onClick={() => void look()}>
            {text.look}
          </Button>
          <Button appearance={found ? 'primary' : 'secondary'} onClick={onClose}>
            {text.close}
          </Button>
        </>
      }
    >
      <div className="looking">
        <PathField
          path={field}
          label={text.file}
          hint={text.fileHint}
          value={file}
          kinds={['certificate']}
          required
          onText={choose}
        />
        {asked && (
          <SecretField path="look.password" label={text.password} slot={password} onSlot={setPassword} />
        )}
        {looking ? <Working text={text.looking} /> : looked && <Result looked={looked} />}
      </div>
    </Dialog>
  )
}

/** Said inside the dialog: the window behind it, with its announcements, is out of reach. */
function Result({ looked: { look, problem } }: { readonly looked: Looked }) {
  const certificate = look?.certificate
  const said =
    certificate === undefined
      ? (problem ?? look?.problems[0])?.what
      : text.said(certificate.subject, messages.start.installation.days(certificate.daysLeft))
  return (
    <>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <div className="looked" role="region" aria-label={text.result} tabIndex={0}>
        {problem && <ProblemCard problem={problem} />}
        {look && <CertificateLookPanel look={look} />}
      </div>
    </>
  )
}
