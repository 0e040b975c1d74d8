import { useEffect, type ReactNode } from 'react'
import type { CertificateLook } from '../../electron/contract/certificate.ts'
import type { RunView } from '../../electron/contract/run.ts'
import type { HandOverView } from '../../electron/contract/views.ts'
import { Copied } from '../components/copied.tsx'
import { longDate } from '../format.ts'
import { messages } from '../messages/index.ts'
import type { SaveOutcome } from '../save.ts'
import { useHandOver } from '../store/handover.ts'
import { useRun } from '../store/run.ts'
import { CheckNow } from './finish-check-now.tsx'
import { FinishFacts } from './finish-facts.tsx'

const text = messages.replacement.finish
const common = messages.finish

interface ReplacementFactsProps {
  readonly view: HandOverView
  readonly failed: boolean
  readonly onSaved: (outcome: SaveOutcome) => void
}

/** What was replaced by what, for how long that was felt, and what only people can check. */
export function ReplacementFacts({ view, failed, onSaved }: ReplacementFactsProps) {
  const { certificate, lookAtCertificate } = useHandOver()
  const run = useRun((state) => state.view)
  const restarted = run?.steps.some(({ id }) => id === 'restart-creatio') === true
  useEffect(() => void lookAtCertificate(), [lookAtCertificate])
  return (
    <>
      <FinishFacts rows={replacementRows(view, run, certificate)} failed={failed} onSaved={onSaved} />
      <CheckNow title={text.check} steps={restarted ? text.steps : [text.restartFirst, ...text.steps]} />
    </>
  )
}

/** What a change ticket wants to know of a replacement. `look`: the certificate that is in use now, once it was read. */
function replacementRows(
  view: HandOverView,
  run: RunView | undefined,
  look: CertificateLook | undefined,
): (readonly [string, ReactNode])[] {
  const { installation, report } = view
  const certificate = look?.certificate
  const stepOf = (step: string) => run?.steps.find(({ id }) => id === step)
  const said = (step: string, unless: string) => {
    const found = stepOf(step)
    return found === undefined ? unless : found.summary
  }
  const told = (name: string, sentence: string | undefined) =>
    sentence === undefined ? [] : [[name, sentence] as const]
  return [
    [common.url, <Copied what={common.url} value={view.identityServiceUrl} />],
    [common.folder, <Copied what={common.folder} value={installation.target} />],
    ...(certificate === undefined
      ? []
      : [
          [text.thumbprint, <Copied what={text.thumbprint} value={certificate.thumbprint} />] as const,
          [
            text.ends,
            <>
              {longDate(certificate.notAfter)}{' '}
              <span className="secondary">{common.inDays(certificate.daysLeft)}</span>
            </>,
          ] as const,
        ]),
    ...told(text.interruption, stepOf('take-up-certificate')?.summary),
    ...told(text.backUp, said('back-up-certificate', text.stays)),
    ...told(text.creatio, said('restart-creatio', text.creatioByHand)),
    [common.changed, common.changedOf(report.writtenFiles, report.backups)],
  ]
}
