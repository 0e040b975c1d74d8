import type { ReactNode } from 'react'
import type { CheckReport, Evidence } from '../../electron/contract/check.ts'
import { Code } from '../components/code.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { HiddenText } from '../components/hidden-text.tsx'
import { Pairs } from '../components/pairs.tsx'
import { Pill } from '../components/pill.tsx'
import { timeOfDay } from '../format.ts'
import { messages } from '../messages/index.ts'

const text = messages.proof

const tones = {
  passed: 'passed',
  warning: 'warning',
  failed: 'failed',
  'not-applicable': 'plain',
  'not-tried': 'plain',
} as const

type Rows = (readonly [string, ReactNode])[]

interface ProofEvidenceProps {
  readonly check: CheckReport
  /** Milliseconds since 1970. */
  readonly at: number | undefined
}

/** One check in full: what was found, what to do with its commands, why it matters, the raw evidence. */
export function ProofEvidence({ check, at }: ProofEvidenceProps) {
  const short = check.evidence.filter((item) => !isLong(item))
  const long = check.evidence.filter(isLong)
  const repair: Rows = []
  if (check.cause !== undefined) repair.push([text.cause, check.cause])
  if (check.remedy !== undefined) repair.push([text.remedy, check.remedy.text])
  const rows: Rows = short.map((item) => [
    item.label,
    <span className="mono">
      <HiddenText text={item.value} />
    </span>,
  ])
  rows.push([text.why, check.why])
  return (
    <div className="pane-body padded" tabIndex={0} role="region" aria-label={text.evidence}>
      <div className="row">
        <Pill tone={tones[check.status]}>{wordOf(check)}</Pill>
        {at !== undefined && <span className="when">{text.at(timeOfDay(at))}</span>}
      </div>
      <h2 className="evidence-title">{check.summary}</h2>
      <div className="stack">
        {repair.length > 0 && <Pairs rows={repair} />}
        {check.remedy?.command !== undefined && <Code text={check.remedy.command} what={text.command} />}
        {check.remedy?.sql !== undefined && <Code text={check.remedy.sql} what={text.sql} />}
        <Pairs rows={rows} />
      </div>
      {long.map((item) => (
        <div key={item.label}>
          <div className="evidence-label">
            <span className="caption-text">{item.label}</span>
            <CopyButton what={item.label} text={item.value} />
          </div>
          <pre className="evidence-raw">
            <HiddenText text={item.value} />
          </pre>
        </div>
      ))}
    </div>
  )
}

/** Several lines, or more than a row holds. */
const isLong = (item: Evidence): boolean => item.value.includes('\n') || item.value.length > 120

function wordOf(check: CheckReport): string {
  const { marks } = messages.common
  return check.status === 'not-tried' ? marks.waiting : marks[check.status]
}
