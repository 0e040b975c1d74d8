import { Icon } from './icon.tsx'

interface FaultTextProps {
  readonly text: string
  readonly id?: string
  readonly className?: string
}

/** What is wrong with a group of fields, as Fluent says it of a single one: a shape and small text. */
export function FaultText({ text, id, className }: FaultTextProps) {
  return (
    <p className={className === undefined ? 'fault-text' : `fault-text ${className}`} id={id}>
      <Icon name="DismissCircle16Filled" size={12} />
      {text}
    </p>
  )
}
