import { CopyButton } from './copy-button.tsx'
import { HiddenText } from './hidden-text.tsx'

interface CodeProps {
  readonly text: string
  /** What it is, for the copy button and screen readers: "the SQL". */
  readonly what: string
  /** The driver's or a tool's own words: marked as what went wrong. */
  readonly failed?: boolean
}

/** A technical value in its own box, to be read and copied. */
export function Code({ text, what, failed = false }: CodeProps) {
  return (
    <div className={failed ? 'code driver-words' : 'code'} role="group" aria-label={what}>
      <pre>
        <HiddenText text={text} />
      </pre>
      <CopyButton what={what} text={text} />
    </div>
  )
}
