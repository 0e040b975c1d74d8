import type { Evidence } from '../../electron/contract/check.ts'
import { messages } from '../messages/index.ts'
import { CopyButton } from './copy-button.tsx'
import { HiddenText } from './hidden-text.tsx'
import { Pairs } from './pairs.tsx'

interface EvidenceListProps {
  readonly evidence: readonly Evidence[]
  /** What is copied before the evidence, so that it can be understood elsewhere. */
  readonly about: string
}

/** Raw words as they came, short ones in rows, long ones below, and all of them to be copied at once. */
export function EvidenceList({ evidence, about }: EvidenceListProps) {
  const text = messages.install
  const short = evidence.filter((item) => !isLong(item))
  return (
    <section>
      <div className="evidence-head">
        <h2 className="caption-text">{text.evidence}</h2>
        <CopyButton what={text.evidenceWhat} text={evidenceText(evidence, about)} word={text.copyEvidence} />
      </div>
      {short.length > 0 && (
        <Pairs
          wide
          rows={short.map(({ label, value }) => [
            label,
            <span className="mono">
              <HiddenText text={value} />
            </span>,
          ])}
        />
      )}
      <dl className="evidence">
        {evidence.filter(isLong).map((item, index) => (
          <div key={index}>
            <dt>{item.label}</dt>
            <dd className="evidence-raw">
              <HiddenText text={item.value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Several lines, or more than a row holds. */
const isLong = ({ value }: Evidence): boolean => value.includes('\n') || value.length > 60

/** Everything as one text, for a ticket or a message. */
export const evidenceText = (evidence: readonly Evidence[], about: string): string =>
  [about, ...evidence.map(({ label, value }) => `${label}:\n${value}`)].join('\n\n')
