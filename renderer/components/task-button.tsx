import { Icon, type IconName } from './icon.tsx'

interface TaskButtonProps {
  readonly icon: IconName
  readonly title: string
  readonly text: string
  readonly off?: boolean
  readonly className?: string
  readonly onClick: () => void
}

/** A command link: what it does, and in one line what comes of it. */
export function TaskButton({ icon, title, text, off = false, className = '', onClick }: TaskButtonProps) {
  return (
    <button
      type="button"
      className={`task ${className}`}
      aria-disabled={off || undefined}
      onClick={() => {
        if (!off) onClick()
      }}
    >
      <Icon name={icon} className="brand" />
      <span>
        <b>{title}</b>
        <span>{text}</span>
      </span>
      <Icon name="ChevronRight16Regular" className="chevron" />
    </button>
  )
}
