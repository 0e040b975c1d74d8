import { useId, type CSSProperties } from 'react'
import { Icon } from './icon.tsx'

interface MenuProps {
  readonly label: string
  readonly items: readonly (readonly [text: string, act: () => void])[]
}

/** Further actions behind three dots. Anchored by name: Chrome 130 knows no implicit anchor for popovers. */
export function Menu({ label, items }: MenuProps) {
  const id = useId()
  const anchor = `--menu${id.replaceAll(/\W/g, '')}`
  const hide = () => document.getElementById(id)?.hidePopover()
  return (
    <>
      <button
        type="button"
        className="menu-button"
        style={{ anchorName: anchor } as CSSProperties}
        aria-label={label}
        title={label}
        popoverTarget={id}
      >
        <Icon name="MoreHorizontal20Regular" />
      </button>
      <div
        id={id}
        popover="auto"
        role="group"
        aria-label={label}
        className="menu"
        style={{ positionAnchor: anchor } as CSSProperties}
      >
        {items.map(([text, act]) => (
          <button
            key={text}
            type="button"
            onClick={() => {
              hide()
              act()
            }}
          >
            {text}
          </button>
        ))}
      </div>
    </>
  )
}
