import { Button as FluentButton } from '@fluentui/react-components'
import type { MouseEventHandler, ReactElement, ReactNode } from 'react'
import { keysOf } from '../access-keys.ts'
import { Icon, type IconName } from './icon.tsx'

interface ButtonProps {
  readonly children?: ReactNode
  readonly appearance?: 'primary' | 'secondary' | 'subtle' | 'transparent'
  readonly size?: 'small' | 'medium'
  readonly icon?: IconName
  /** Needed where the button shows only an icon; also its tooltip. */
  readonly label?: string
  readonly pressed?: boolean
  readonly id?: string
  /** A letter that presses it together with Alt; see access-keys.ts. */
  readonly withAlt?: string
  readonly onClick: MouseEventHandler<HTMLButtonElement>
}

/** Fluent's button in the weights of Windows: only the primary one is semibold (see styles/base.css). */
export function Button({
  children,
  appearance = 'secondary',
  size = 'medium',
  icon,
  label,
  pressed,
  id,
  withAlt,
  onClick,
}: ButtonProps): ReactElement {
  return (
    <FluentButton
      className={appearance}
      appearance={appearance}
      size={size}
      onClick={onClick}
      {...(icon === undefined ? {} : { icon: <Icon name={icon} /> })}
      {...(label === undefined ? {} : { 'aria-label': label, title: label })}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...(id === undefined ? {} : { id })}
      {...(withAlt === undefined ? {} : keyed(withAlt))}
    >
      {children}
    </FluentButton>
  )
}

/** Named in the tooltip, too: nothing else says that there is one. */
const keyed = (letter: string) => ({ 'aria-keyshortcuts': keysOf(letter), title: keysOf(letter) })
