import { useState } from 'react'
import { Icon } from '../components/icon.tsx'
import { TextField } from '../components/fields.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { messages } from '../messages/index.ts'
import { useContainer } from '../store/container.ts'
import { warningFor } from '../store/container-notes.ts'
import { useDatabase } from '../store/database.ts'
import { useFiles } from '../store/files.ts'

const text = messages.container

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\]|\.|\(local\))([\\,:].*)?$/i

/** Network, database as seen from inside, Redis. */
export function ContainerSurroundings({ look }: { readonly look: () => void }) {
  const data = useContainer()
  const { change, notes } = data
  const server = useDatabaseServer()
  const lost = data.databaseServer === '' && data.network !== 'host' && loopback.test(server)
  const noted = warningFor(notes, 'databaseServer')
  const given = [data.databaseServer, data.network, data.redis.ref].some((value) => value !== '')
  const [open, setOpen] = useState(given || lost || notes.length > 0)
  return (
    <details className="card more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name={open ? 'ChevronDown16Regular' : 'ChevronRight16Regular'} className="chevron" />
        <h2>{text.surroundings}</h2>
        <span className="row-value">{given ? undefined : text.surroundingsNone}</span>
      </summary>
      <div className="three">
        <TextField
          path="container.databaseServer"
          label={text.databaseServer}
          hint={text.databaseServerHint}
          mono
          value={data.databaseServer}
          onText={(databaseServer) => change({ databaseServer })}
          onLeave={look}
          {...(lost && noted.warning === undefined ? { warning: text.localhost(server) } : noted)}
        />
        <TextField
          path="container.network"
          label={text.network}
          hint={text.networkHint}
          mono
          value={data.network}
          onText={(network) => change({ network })}
          onLeave={look}
          {...warningFor(notes, 'network')}
        />
        <SecretField
          path="container.redis"
          label={text.redis}
          hint={text.redisHint}
          slot={data.redis}
          onSlot={(redis) => change({ redis })}
        />
      </div>
    </details>
  )
}

/** The database server as the chosen way names it; empty when that is not known here. */
function useDatabaseServer(): string {
  const creatio = useFiles((state) => state.creatio?.connection?.server ?? '')
  return useDatabase(({ way, server, parsed }) => {
    if (way === 'fields') return server
    if (way === 'creatio') return creatio
    return way === 'connection-string' ? (parsed?.server ?? '') : ''
  })
}
