import { useState, type ReactNode } from 'react'
import { CertificateLife } from '../components/certificate-life.tsx'
import { Pairs } from '../components/pairs.tsx'
import { messages } from '../messages/index.ts'
import { daysFault } from '../rules.ts'
import { useCertificate } from '../store/certificate.ts'
import { useScenario } from '../store/course.ts'
import { tokenAlgorithms } from './certificate-key.tsx'

const text = messages.certificate
const day = 86_400_000

/** What the typed values come to: the end first, then what is fixed. */
export function CertificateSummary() {
  const { key, subject, days, view } = useCertificate()
  const written = useWritten()
  const replaces = useReplaces()
  const [today] = useState(Date.now)
  const valid = daysFault(days) === undefined
  const end = view?.notAfter || new Date(today + Number(valid ? days : 0) * day).toISOString()
  return (
    <section className="card" aria-labelledby="summary" aria-live="polite">
      <div className="card-h">
        <h2 id="summary">{text.get}</h2>
      </div>
      {valid ? (
        <CertificateLife end={end} daysLeft={Number(days)} label={text.expires} />
      ) : (
        <div className="life life-head">
          <span className="caption-text">{text.expires}</span>
          <b>{text.unknownEnd}</b>
        </div>
      )}
      <Pairs
        rows={[
          [text.subjectRow, <span className="mono">{view?.subject ?? subject}</span>],
          [text.signs, text.signsValue(tokenAlgorithms[key], text.keys[key])],
          [text.file, replaces ? text.fileReplaced : text.fileNew],
          ...written,
        ]}
      />
      {!replaces && <p className="test-foot">{text.kept}</p>}
    </section>
  )
}

/** Whether the page serves a service that is there already. */
export const useReplaces = (): boolean => useScenario(({ scenario }) => scenario === 'replace-certificate')

/** How the service's file is protected, and what is written beside it: the same for a new certificate and an issued one. */
export function useWritten(): readonly (readonly [string, ReactNode])[] {
  const { profile, options, cer, pem } = useCertificate()
  const used = profile || options?.profile.suggested
  const encrypted = used === undefined ? '' : `${text.encryption(used)} `
  const beside = [...(cer ? [text.besideFiles.cer] : []), ...(pem ? [text.besideFiles.pem] : [])]
  return [
    [text.protection, encrypted + text.protectionValue],
    ...(beside.length === 0 ? [] : [[text.beside, beside.join(', ')] as const]),
  ]
}
