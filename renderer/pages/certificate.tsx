import { useEffect, useState } from 'react'
import { Choices } from '../components/choices.tsx'
import { ClipboardNote } from '../components/clipboard-note.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { useCertificate } from '../store/certificate.ts'
import { useScenario } from '../store/course.ts'
import { currentDraft } from '../store/slices.ts'
import { certificateFaults } from './certificate-faults.ts'
import { CertificateFile } from './certificate-file.tsx'
import { CertificateFurther } from './certificate-further.tsx'
import { CertificateNew } from './certificate-new.tsx'

const text = messages.certificate

/** The certificate that signs tokens: made here, or issued by an authority. */
export default function Certificate() {
  const { from, change, optionsProblem } = useCertificate()
  const [copied, setCopied] = useState<number | undefined>()
  // By the files and the server that were chosen on pages before.
  useEffect(() => void useCertificate.getState().findOptions(currentDraft()), [])
  const next = () => void goNext(certificateFaults)
  const { commit } = messages.scenarios[useScenario(({ scenario }) => scenario)]
  const note = (from === 'new' ? text.note : text.noteFile)(commit)
  return (
    <Page
      id="certificate"
      title={text.title}
      lead={text.lead}
      onEnter={next}
      footer={
        <WizardFooter
          onNext={next}
          note={
            copied === undefined ? (
              note
            ) : (
              <ClipboardNote clears={copied} onCleared={() => setCopied(undefined)} />
            )
          }
        />
      }
    >
      <Scroll label={text.regionLabel} className="certificate-page">
        <Choices
          name="certificate.from"
          legend={text.waysLabel}
          value={from}
          onValue={(value) => change({ from: value })}
          choices={[
            { id: 'new', ...text.ways.new },
            { id: 'file', ...text.ways.file },
          ]}
        />
        {optionsProblem && <ProblemCard problem={optionsProblem} tone="warning" />}
        {from === 'new' ? <CertificateNew /> : <CertificateFile />}
        <CertificateFurther onCopied={setCopied} />
      </Scroll>
    </Page>
  )
}
