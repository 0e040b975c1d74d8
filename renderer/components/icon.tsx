import { icons } from './icon-paths.ts'

export type IconName = keyof typeof icons

interface IconProps {
  readonly name: IconName
  readonly className?: string
  /** Given when the icon alone carries a meaning; without it the icon is decoration. */
  readonly label?: string
  /** Pixels. */
  readonly size?: number
}

export function Icon({ name, className, label, size }: IconProps) {
  const [natural, path] = icons[name]
  return (
    <svg
      className={className}
      width={size ?? natural}
      height={size ?? natural}
      viewBox={`0 0 ${natural} ${natural}`}
      fill="currentColor"
      focusable="false"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={path} />
    </svg>
  )
}
