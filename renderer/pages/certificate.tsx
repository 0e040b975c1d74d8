import { useEffect } from 'react'
import { Button } from '../components/button.tsx'
import { SelectField, TextField } from '../components/fields.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { errorsOf, warningFor } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { daysFault, judged, needed } from '../rules.ts'
import { useCertificate } from '../store/certificate.ts'
import type { Fault } from '../store/faults.ts'
import { CertificateSummary } from './certificate-summary.tsx'

const text = messages.certificate
const presets = ['365', '730', '1095'] as const

function check(): readonly Fault[] {
  const { subject, days, view } = useCertificate.getState()
  return [
    ...needed('certificate.days', days, text.daysName),
    ...judged('certificate.days', days, daysFault),
    ...needed('certificate.subject', subject, text.subjectName),
    ...errorsOf(view?.notes ?? []),
  ]
}

/** Size, length and name of the signing key, with what comes of it beside. */
export default function Certificate() {
  const { key, subject, days, view, change, check: look } = useCertificate()
  useEffect(() => {
    if (daysFault(days) !== undefined || subject === '') return
    // Typing pauses before the back end is asked.
    const timer = setTimeout(() => void look(), 200)
    return () => clearTimeout(timer)
  }, [key, subject, days, look])
  const next = () =>
    void goNext(async () => {
      if (daysFault(days) === undefined && subject !== '') await look()
      return check()
    })
  return (
    <Page
      id="certificate"
      title={text.title}
      lead={text.lead}
      onEnter={next}
      footer={<WizardFooter onNext={next} note={text.note} />}
    >
      <Scroll label={text.regionLabel}>
        <div className="two">
          <div className="form">
            <SelectField
              path="certificate.key"
              label={text.key}
              value={key}
              options={[
                ['RSA-2048', text.keys['RSA-2048']],
                ['RSA-3072', text.keys['RSA-3072']],
                ['RSA-4096', text.keys['RSA-4096']],
              ]}
              onValue={(value) => change({ key: value })}
            />
            <TextField
              path="certificate.days"
              label={text.days}
              hint={text.daysHint}
              value={days}
              required
              inputMode="numeric"
              check={daysFault}
              onText={(value) => change({ days: value })}
              {...warningFor(view?.notes ?? [], 'certificate.days')}
            />
            <div className="row presets" role="group" aria-label={text.presetsLabel}>
              {presets.map((preset) => (
                <Button
                  key={preset}
                  size="small"
                  pressed={days === preset}
                  onClick={() => change({ days: preset })}
                >
                  {text.presets[preset]}
                </Button>
              ))}
            </div>
            <TextField
              path="certificate.subject"
              label={text.subject}
              mono
              value={subject}
              required
              onText={(value) => change({ subject: value })}
              {...warningFor(view?.notes ?? [], 'certificate.subject')}
            />
          </div>
          <CertificateSummary />
        </div>
      </Scroll>
    </Page>
  )
}
