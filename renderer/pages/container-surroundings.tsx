import { useState } from 'react'
import { Icon } from '../components/icon.tsx'
import { TextField } from '../components/fields.tsx'
import { Suggestion } from '../components/suggestion.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { suggestionFor, warningFor } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { chosenCandidate } from '../store/candidate.ts'
import { useContainer } from '../store/container.ts'
import { useDatabase } from '../store/database.ts'
import { useFaults } from '../store/faults.ts'
import { useFiles } from '../store/files.ts'

const text = messages.container

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\]|\.|\(local\))([\\,:].*)?$/i

const paths = ['container.databaseServer', 'container.network', 'container.redis']

/** Network, database as seen from inside, Redis. */
export function ContainerSurroundings({ look }: { readonly look: () => void }) {
  const data = useContainer()
  const { change, notes } = data
  const server = useDatabaseServer()
  const lost = data.databaseServer === '' && data.network !== 'host' && loopback.test(server)
  const noted = warningFor(notes, 'container.databaseServer')
  const given = [data.databaseServer, data.network, data.redis.ref].some((value) => value !== '')
  const fault = useFaults(({ texts }) => paths.some((path) => texts[path] !== undefined))
  const [chosen, setChosen] = useState<boolean | undefined>()
  // What needs a look is open, until the installer decides otherwise; a fault is never hidden.
  const open = fault || (chosen ?? (given || lost || notes.some(({ field }) => paths.includes(field))))
  return (
    <details className="card more" open={open}>
      <summary
        onClick={(event) => {
          event.preventDefault()
          setChosen(!open)
        }}
      >
        <Icon name={open ? 'ChevronDown16Regular' : 'ChevronRight16Regular'} className="chevron" />
        <h2>{text.surroundings}</h2>
        <span className="row-value">{given ? undefined : text.surroundingsNone}</span>
      </summary>
      <div className="three">
        <div>
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
          <Suggestion
            path="container.databaseServer"
            value={suggestionFor(notes, 'container.databaseServer')}
            current={data.databaseServer}
            onTake={(databaseServer) => {
              change({ databaseServer })
              look()
            }}
          />
        </div>
        <TextField
          path="container.network"
          label={text.network}
          hint={text.networkHint}
          mono
          value={data.network}
          onText={(network) => change({ network })}
          onLeave={look}
          {...warningFor(notes, 'container.network')}
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
  const creatio = useFiles((state) => state.creatio)
  return useDatabase(({ way, server, parsed, own, entry }) => {
    switch (way) {
      case 'fields':
        return server
      case 'new':
        return own.server
      case 'creatio':
        return chosenCandidate(creatio, entry)?.connection?.server ?? ''
      case 'connection-string':
        return parsed?.server ?? ''
      case 'practice':
        return ''
    }
  })
}
