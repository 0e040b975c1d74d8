import { messages } from '../messages/index.ts'
import { Icon } from './icon.tsx'

interface CautionProps {
  readonly text: string
  /** It comes and goes with a choice: a screen reader is told. */
  readonly live?: boolean
}

/** What a choice costs, in a sentence below it. A problem with a remedy is a ProblemCard. */
export function Caution({ text, live = false }: CautionProps) {
  return (
    <p className="remark remark-warning caution" role={live ? 'status' : undefined}>
      <Icon name="Warning20Filled" className="mark-warning" label={messages.common.marks.warning} />
      <span>{text}</span>
    </p>
  )
}
