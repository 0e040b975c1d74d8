import type { ConnectionView } from '../../electron/contract/database.ts'
import { HiddenText } from '../components/hidden-text.tsx'
import { Pairs } from '../components/pairs.tsx'
import { messages } from '../messages/index.ts'
import { DatabaseWindowsLogin } from './database-windows-login.tsx'

const text = messages.database

/** A connection string in parts; with Windows login, who will log in by it. */
export function ConnectionPairs({ connection }: { readonly connection: ConnectionView }) {
  const { provider, server, port, database, user, windowsLogin } = connection
  return (
    <>
      <div className="card connection">
        <Pairs
          rows={[
            [text.provider, text.providers[provider]],
            [text.server, <Value value={server + (port === undefined ? '' : `:${port}`)} />],
            [text.database, <Value value={database} />],
            [
              text.user,
              windowsLogin ? text.windows.row : user === '' ? text.windows.none : <Value value={user} />,
            ],
          ]}
        />
      </div>
      {windowsLogin && <DatabaseWindowsLogin />}
    </>
  )
}

function Value({ value }: { readonly value: string }) {
  return (
    <span className="mono">
      <HiddenText text={value} />
    </span>
  )
}
