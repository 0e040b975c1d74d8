import { useState } from 'react'
import { Pairs } from '../components/pairs.tsx'
import { longDate } from '../format.ts'
import { messages } from '../messages/index.ts'
import { daysFault } from '../rules.ts'
import { useCertificate } from '../store/certificate.ts'

const text = messages.certificate

/** Days before the end from which a reminder is due. */
const reminderDays = 30
const day = 86_400_000

/** What the typed values come to: the end first, then what is fixed. */
export function CertificateSummary() {
  const { key, subject, days, view } = useCertificate()
  const [today] = useState(Date.now)
  const valid = daysFault(days) === undefined
  const end = !valid ? undefined : view?.notAfter || new Date(today + Number(days) * day).toISOString()
  const remind = end === undefined ? undefined : new Date(Date.parse(end) - reminderDays * day).toISOString()
  const share = valid ? Math.max(4, 100 - (reminderDays * 100) / Number(days)) : 0
  return (
    <section className="card" aria-labelledby="summary" aria-live="polite">
      <div className="card-h">
        <h2 id="summary">{text.get}</h2>
      </div>
      <div className="life">
        <div className="life-head">
          <span className="caption-text">{text.expires}</span>
          <b>{end === undefined ? text.unknownEnd : longDate(end)}</b>
        </div>
        <div className="bar" aria-hidden="true">
          <i style={{ width: `${share}%` }} />
        </div>
        <div className="life-foot">
          <span>{text.today}</span>
          {remind !== undefined && Number(days) > reminderDays && (
            <span>{text.reminder(longDate(remind))}</span>
          )}
        </div>
      </div>
      <Pairs
        rows={[
          [text.subjectRow, <span className="mono">{view?.subject ?? subject}</span>],
          [text.signs, text.signsValue(text.keys[key])],
          [text.file, text.fileValue],
          [text.protection, text.protectionValue],
        ]}
      />
      <p className="test-foot">{text.kept}</p>
    </section>
  )
}
