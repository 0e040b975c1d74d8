import { Fragment } from 'react'
import { Icon } from './icon.tsx'

/** What a secret looks like in everything that the back end hands out. */
const hidden = '[hidden]'

/** Text in which each hidden secret is a chip with a lock. */
export function HiddenText({ text }: { readonly text: string }) {
  const parts = text.split(hidden)
  return parts.map((part, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <span className="hidden-chip">
          <Icon name="LockClosed16Regular" size={12} />
          {hidden}
        </span>
      )}
      {part}
    </Fragment>
  ))
}
