import { Icon } from './icon.tsx'

interface FaultTextProps {
  /** Path in the answers of what it is about; see `describedBy`. */
  readonly path: string
  readonly text: string
  readonly className?: string
}

const idOf = (path: string): string => `${path}-fault`

/** What is wrong with a group of fields, as Fluent says it of a single one: a shape and small text. */
export function FaultText({ path, text, className }: FaultTextProps) {
  return (
    <p className={className === undefined ? 'fault-text' : `fault-text ${className}`} id={idOf(path)}>
      <Icon name="DismissCircle16Filled" size={12} />
      {text}
    </p>
  )
}

/** For the group or field itself: a screen reader says its fault with it. */
export const describedBy = (path: string, fault: string | undefined): { 'aria-describedby'?: string } =>
  fault === undefined ? {} : { 'aria-describedby': idOf(path) }
