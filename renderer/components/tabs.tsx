import type { KeyboardEvent, ReactNode } from 'react'
import { Icon } from './icon.tsx'

interface TabsProps<T extends string> {
  readonly label: string
  /** `attention` says why a tab has to be looked at. */
  readonly tabs: readonly (readonly [id: T, label: string, attention?: string | undefined])[]
  readonly value: T
  readonly onValue: (id: T) => void
}

/** A tab list with arrow keys. Own, because Fluent's brings Tabster: 87 kB and hidden focusable elements. */
export function Tabs<T extends string>({ label, tabs, value, onValue }: TabsProps<T>) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const from = tabs.findIndex(([id]) => id === value)
    const to = (from + by + tabs.length) % tabs.length
    onValue(tabs[to]![0])
    ;(event.currentTarget.children[to] as HTMLElement).focus()
  }
  return (
    <div role="tablist" aria-label={label} className="tabs" onKeyDown={move}>
      {tabs.map(([id, text, attention]) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          aria-controls={`panel-${id}`}
          aria-selected={id === value}
          tabIndex={id === value ? 0 : -1}
          onClick={() => onValue(id)}
        >
          {text}
          {attention !== undefined && (
            <Icon name="DismissCircle16Filled" className="mark-failed" size={14} label={attention} />
          )}
        </button>
      ))}
    </div>
  )
}

interface TabPanelProps {
  readonly id: string
  readonly children: ReactNode
}

export function TabPanel({ id, children }: TabPanelProps) {
  return (
    <div className="pane-body" role="tabpanel" id={`panel-${id}`} aria-labelledby={`tab-${id}`} tabIndex={0}>
      {children}
    </div>
  )
}
