import { useEffect } from 'react'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/fields.tsx'
import { warningFor } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { daysFault } from '../rules.ts'
import { useCertificate } from '../store/certificate.ts'
import { KeyFields } from './certificate-key.tsx'
import { CertificateSummary } from './certificate-summary.tsx'

const text = messages.certificate
const presets = ['365', '730', '1095'] as const

/** A certificate to be made: key, length and name, with what comes of it beside. */
export function CertificateNew() {
  const { key, hash, subject, days, view, change, check: look } = useCertificate()
  useEffect(() => {
    if (subject.trim() === '') return
    // Typing pauses before the back end is asked.
    const timer = setTimeout(() => void look(), 200)
    return () => clearTimeout(timer)
  }, [subject, days, look])
  return (
    <div className="two">
      <div className="form">
        <KeyFields path="certificate" signingKey={key} hash={hash} onChange={change} />
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
          hint={text.subjectHint}
          mono
          value={subject}
          required
          onText={(value) => change({ subject: value })}
          {...warningFor(view?.notes ?? [], 'certificate.subject')}
        />
      </div>
      <CertificateSummary />
    </div>
  )
}
