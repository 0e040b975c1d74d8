import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface PillProps {
  readonly tone: 'passed' | 'warning' | 'failed' | 'info' | 'plain'
  readonly icon?: IconName
  readonly children: ReactNode
}

const icons: Partial<Record<PillProps['tone'], IconName>> = {
  passed: 'CheckmarkCircle16Filled',
  warning: 'Warning16Filled',
  failed: 'DismissCircle16Filled',
}

/** One word or count about a state. */
export function Pill({ tone, icon = icons[tone], children }: PillProps) {
  return (
    <span className={`pill pill-${tone}`}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  )
}
