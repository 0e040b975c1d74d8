import type { Input } from '../../electron/contract/calls.ts'
import type { ReactNode } from 'react'
import { ask } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import type { IconName } from '../components/icon.tsx'
import { Pairs } from '../components/pairs.tsx'
import { Pill } from '../components/pill.tsx'
import { dateAndTime } from '../format.ts'
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
  readonly rows: readonly (readonly [name: string, value: ReactNode])[]
  readonly failed: boolean
  readonly onSaved: (outcome: SaveOutcome) => void
}

/** The facts a change ticket wants, and the report. */
export function FinishFacts({ rows, failed, onSaved }: FinishFactsProps) {
  const pdf = useMachine((state) => state.host.pdf)
  const at = useProof((state) => state.doneAt)
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
      <Pairs wide rows={rows} />
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
