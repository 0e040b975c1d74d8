import { useEffect, useState } from 'react'
import type { WebsiteNotes } from '../../electron/contract/views.ts'
import { askOr } from '../bridge.ts'
import { Icon } from '../components/icon.tsx'
import { messages } from '../messages/index.ts'
import { useHosting } from '../store/hosting.ts'
import { currentDraft } from '../store/slices.ts'

const text = messages.database.windows

/** With Windows login the connection string names nobody: who it will be, and where that is decided. */
export function DatabaseWindowsLogin() {
  const hosting = useHosting((state) => state.hosting)
  const login = usePoolLogin(hosting === 'iis')
  return (
    <div className={hosting === 'docker' ? 'card connection remark-failed' : 'card connection'} role="status">
      <p className="calm">
        <Icon
          name={hosting === 'docker' ? 'DismissCircle16Filled' : 'Info16Regular'}
          className={hosting === 'docker' ? 'mark-failed' : 'brand'}
          label={hosting === 'docker' ? messages.common.marks.failed : text.title}
        />
        <span>{text[hosting]}</span>
      </p>
      {login !== undefined && (
        <>
          <p>
            {text.as} <b className="mono">{login.name}</b>
          </p>
          <p className="secondary">
            {login.why} {text.website}
          </p>
        </>
      )}
    </div>
  )
}

/** The account as the page Website stands now; undefined until it is known. */
function usePoolLogin(asked: boolean): WebsiteNotes['login'] {
  const [login, setLogin] = useState<WebsiteNotes['login']>()
  useEffect(() => {
    if (!asked) return
    let gone = false
    void askOr('website.check', { draft: currentDraft() }, undefined).then((notes) => {
      if (!gone) setLogin(notes?.login)
    })
    return () => {
      gone = true
    }
  }, [asked])
  return asked ? login : undefined
}
