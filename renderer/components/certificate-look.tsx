import type { ReactNode } from 'react'
import type { CertificateFacts, CertificateLook } from '../../electron/contract/certificate.ts'
import { longDate, shortDate } from '../format.ts'
import { messages } from '../messages/index.ts'
import { CertificateLife, reminderDays } from './certificate-life.tsx'
import { CopyButton } from './copy-button.tsx'
import { Pairs } from './pairs.tsx'
import { Path } from './path.tsx'
import { Pill } from './pill.tsx'
import { Remarks } from './remarks.tsx'

const text = messages.certificate.look

interface CertificateLookPanelProps {
  readonly look: CertificateLook
  /** In two columns where there is room. */
  readonly columns?: boolean
  /** Rows that belong to the place where it is shown, such as what will be written; after the others. */
  readonly rows?: readonly (readonly [name: string, value: ReactNode])[]
}

/** A certificate that was looked at: how long it holds, what is wrong with it, what it is. Brings no card of its own. */
export function CertificateLookPanel({ look, columns = false, rows = [] }: CertificateLookPanelProps) {
  const { certificate, problems, warnings } = look
  return (
    <div className={columns ? 'look look-columns' : 'look'}>
      <Remarks label={text.problemsLabel} tone="failed" problems={problems} file={look.file} />
      {certificate && (
        <CertificateLife end={certificate.notAfter} daysLeft={certificate.daysLeft}>
          <Days certificate={certificate} />
        </CertificateLife>
      )}
      {!certificate && problems.length === 0 && <p>{text.unreadable}</p>}
      <Remarks label={text.warningsLabel} tone="warning" problems={warnings} file={look.file} />
      <Pairs
        wide={!columns}
        rows={[...(certificate ? identity(certificate) : []), ...origin(look), ...rows]}
      />
      {certificate && <Pairs wide rows={prints(certificate)} />}
    </div>
  )
}

/** The state in words and by shape; the bar beside it only shows it once more. */
function Days({
  certificate: { notBefore, notAfter, daysLeft },
}: {
  readonly certificate: CertificateFacts
}) {
  // More days left than it has at all: it has not begun. Only a word; what is wrong is the back end's to say.
  const whole = (Date.parse(notAfter) - Date.parse(notBefore)) / 86_400_000
  if (daysLeft < 0) return <Pill tone="failed">{text.endedAgo(-daysLeft)}</Pill>
  if (daysLeft > whole) return <Pill tone="failed">{text.notYet}</Pill>
  return <Pill tone={daysLeft <= reminderDays ? 'warning' : 'passed'}>{text.daysLeft(daysLeft)}</Pill>
}

type Rows = (readonly [string, ReactNode])[]

function identity(certificate: CertificateFacts): Rows {
  const { subject, issuer, selfSigned, notBefore, notAfter, key, signature, keyUsage } = certificate
  return [
    [text.subject, <span className="mono">{subject}</span>],
    [text.issuer, selfSigned ? text.selfSigned : <span className="mono">{issuer}</span>],
    [text.valid, text.range(shortDate(notBefore), shortDate(notAfter))],
    // As the fields of the page Certificate name it.
    [text.key, key.replace(/^RSA-/, 'RSA ')],
    [text.signature, signature],
    [
      text.usage,
      keyUsage.length === 0
        ? text.usageUnsaid
        : keyUsage.map((usage) => text.usages[usage] ?? usage).join(', '),
    ],
  ]
}

function origin({ file, format, protection, certificate, privateKey, chain }: CertificateLook): Rows {
  const published = format === 'JWKS'
  // Of a file that did not open, nobody knows whether a key is in it.
  const unknown = certificate === undefined && privateKey === 'missing'
  // What is nothing that anybody knows counts as DER; then the problem says what it is.
  const isKnown = certificate !== undefined || format !== 'DER'
  const form = [...(isKnown ? [text.formats[format]] : []), ...(protection === undefined ? [] : [protection])]
  return [
    [published ? text.address : text.file, <Path text={file} />],
    ...(form.length === 0 ? [] : [[text.format, form.join(', ')] as const]),
    ...(unknown
      ? []
      : [[text.privateKey, published ? text.privateKeyUnseen : text.privateKeys[privateKey]] as const]),
    ...(chain.length === 0
      ? []
      : [
          [
            text.chain,
            <ol className="chain">
              {chain.map((authority) => (
                <li key={authority.subject + authority.notAfter}>
                  {text.chainEntry(authority.subject, longDate(authority.notAfter))}
                </li>
              ))}
            </ol>,
          ] as const,
        ]),
  ]
}

/** What is compared with other places and copied there. Groups of four are easier to compare; copied without blanks. */
function prints({ kid, thumbprint, thumbprint256, serialNumber }: CertificateFacts): Rows {
  return [
    ...(kid === undefined ? [] : [[text.kid, <Print what={text.kid} value={kid} />] as const]),
    [text.thumbprint, <Print what={text.thumbprint} value={thumbprint} />],
    [text.thumbprint256, <Print what={text.thumbprint256} value={thumbprint256} />],
    [text.serialNumber, <Print what={text.serialNumber} value={serialNumber} />],
  ]
}

function Print({ what, value }: { readonly what: string; readonly value: string }) {
  return (
    <span className="print">
      <span className="mono">{grouped(value)}</span>
      <CopyButton what={what} text={value} />
    </span>
  )
}

const grouped = (value: string): string =>
  /^[0-9A-F]{32,}$/.test(value) ? (value.match(/.{1,4}/g) ?? []).join(' ') : value
