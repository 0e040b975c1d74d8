import { useEffect } from 'react'
import { announce } from '../announce.ts'
import { Icon } from '../components/icon.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'

const text = messages.install.rights

/** Between Install and the answer to Windows' prompt, which stands outside this window. */
export function InstallWaiting() {
  useEffect(() => announce(text.look), [])
  return (
    <section className="card rights" aria-labelledby="rights">
      <span className="tile">
        <Icon name="Shield20Regular" size={24} />
      </span>
      <div className="grow stack">
        <h2 id="rights">{text.look}</h2>
        <p>{text.where}</p>
        <p>{text.after}</p>
        <Working text={text.waiting} />
      </div>
    </section>
  )
}
