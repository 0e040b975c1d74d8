import { useState } from 'react'
import { Code } from '../components/code.tsx'
import { Icon } from '../components/icon.tsx'
import { messages } from '../messages/index.ts'
import { useWebsite } from '../store/website.ts'

const text = messages.website

/** With Windows login the connection string names nobody: say who it will be, and what lets him in. */
export function WebsiteLogin() {
  const login = useWebsite((state) => state.login)
  const [open, setOpen] = useState(false)
  return (
    <div role="status">
      {login && (
        <details className="card more" open={open}>
          <summary
            onClick={(event) => {
              event.preventDefault()
              setOpen(!open)
            }}
          >
            <Icon name={open ? 'ChevronDown16Regular' : 'ChevronRight16Regular'} className="chevron" />
            <h2>{text.login}</h2>
            <b className="mono">{login.name}</b>
          </summary>
          <div className="more-body">
            <p>{login.why}</p>
            <p>{text.loginSql}</p>
            <Code text={login.sql} what={text.sql} />
          </div>
        </details>
      )}
    </div>
  )
}
