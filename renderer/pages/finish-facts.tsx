import type { Input } from '../../electron/contract/calls.ts'
import type { HandOverView } from '../../electron/contract/views.ts'
import { ask } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import type { IconName } from '../components/icon.tsx'
import { Pairs } from '../components/pairs.tsx'
import { Pill } from '../components/pill.tsx'
import { dateAndTime, longDate } from '../format.ts'
import { messages } from '../messages/index.ts'
import { finishSaving, type SaveOutcome } from '../save.ts'
import { useMachine } from '../store/machine.ts'
import { useProof } from '../store/proof.ts'

const text = messages.finish

type Format = Input<'report.save'>['format']

const formats: readonly (readonly [Format, string, IconName])[] = [
  ['html', 'HTML', 'Code20Regular'],
  ['pdf', 'PDF', 'DocumentPdf20Regular'],
  ['json', 'JSON', 'Braces20Regular'],
]

interface FinishFactsProps {
  readonly view: HandOverView
  readonly failed: boolean
  readonly onSaved: (outcome: SaveOutcome) => void
}

/** The facts a change ticket wants, and the report. */
export function FinishFacts({ view, failed, onSaved }: FinishFactsProps) {
  const pdf = useMachine((state) => state.host.pdf)
  const at = useProof((state) => state.doneAt)
  const { installation, report } = view
  const save = async (format: Format) => onSaved(finishSaving(await ask('report.save', { format })))
  return (
    <section className="card" aria-labelledby="ticket">
      <div className="card-h">
        <h2 id="ticket">{text.ticket}</h2>
        {failed || at === undefined ? (
          <Pill tone="failed">{text.notVerified}</Pill>
        ) : (
          <Pill tone="passed">{text.verified(dateAndTime(at))}</Pill>
        )}
      </div>
      <Pairs
        wide
        rows={[
          [text.url, <Copied what={text.url} value={view.identityServiceUrl} />],
          [text.client, <Copied what={text.client} value={view.clientId} />],
          [text.hosting, messages.frame.hostings[installation.hosting]],
          [text.folder, <Copied what={text.folder} value={installation.target} />],
          ...(installation.certificateEnds === undefined
            ? []
            : [[text.certificate, <CertificateEnd installation={installation} />] as const]),
          [text.changed, text.changedOf(report.writtenFiles, report.backups)],
        ]}
      />
      <div className="report">
        <span className="report-text">
          <b>{text.report}</b>
          <span>{text.reportText}</span>
        </span>
        {formats
          .filter(([format]) => format !== 'pdf' || pdf)
          .map(([format, name, icon]) => (
            <Button key={format} icon={icon} label={text.save(name)} onClick={() => void save(format)}>
              {name}
            </Button>
          ))}
      </div>
    </section>
  )
}

function Copied({ what, value }: { readonly what: string; readonly value: string }) {
  return (
    <span className="row">
      <span className="mono">{value}</span>
      <CopyButton what={what} text={value} />
    </span>
  )
}

function CertificateEnd({ installation }: { readonly installation: HandOverView['installation'] }) {
  const { certificateEnds, certificateDaysLeft } = installation
  if (certificateEnds === undefined) return null
  return (
    <>
      {text.certificateTo(longDate(certificateEnds))}{' '}
      {certificateDaysLeft !== undefined && (
        <span className="secondary">{text.inDays(certificateDaysLeft)}</span>
      )}
    </>
  )
}
