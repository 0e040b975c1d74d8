import { useEffect, type ReactNode } from 'react'
import type { ClientChangeView } from '../../electron/contract/client.ts'
import type { ClientRowView } from '../../electron/contract/database.ts'
import { announce } from '../announce.ts'
import { Choices } from '../components/choices.tsx'
import { TextField } from '../components/fields.tsx'
import { Icon } from '../components/icon.tsx'
import { Pairs } from '../components/pairs.tsx'
import { Path } from '../components/path.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { Working } from '../components/working.tsx'
import { shortDate } from '../format.ts'
import { messages } from '../messages/index.ts'
import { clientToday, sameSet, useClientChange } from '../store/client-change.ts'
import { currentDraft } from '../store/slices.ts'

const text = messages.clientChange.service
const common = messages.installation

type Found = ClientChangeView['clients'][number]

/** What was found at the chosen installation: settings, database, and the client that it has now. */
export function ServiceFound() {
  const { view, problem, operation, target, typing } = useClientChange()
  const name = view?.name
  useEffect(() => {
    if (name !== undefined) announce(text.announced(name))
  }, [name])
  // A second look, such as through another name of the database server, leaves what is there on the page.
  if (operation !== undefined && view === undefined)
    return <Working text={text.looking} operation={operation} />
  if (problem) return <ProblemCard problem={problem} />
  if (view) return <Service view={view} />
  return <p className="secondary">{target === '' && typing ? text.nothingTyped : text.nothing}</p>
}

function Service({ view }: { readonly view: ClientChangeView }) {
  const { operation, databaseServer, reachDatabaseAt, look } = useClientChange()
  const { provider, server, database } = view.database
  // Settings that were not read name no server that could be unknown here.
  const asks = (view.problem !== undefined && view.clients.length > 0) || databaseServer !== ''
  return (
    <>
      <section className="card" aria-labelledby="found">
        <div className="card-h">
          <h2 id="found">{view.name}</h2>
          <Pill tone="plain">{view.recorded ? common.recorded : common.bySettings}</Pill>
        </div>
        <Pairs
          rows={[
            [common.url, <Path text={view.publicUrl} />],
            [text.settings, <Path text={view.settings} />],
            [text.database, `${text.providers[provider]}, ${text.databaseOf(database, server)}`],
          ]}
        />
      </section>
      {view.problem && <ProblemCard problem={view.problem} tone="warning" />}
      {operation !== undefined && <Working text={text.looking} operation={operation} />}
      {asks && (
        <TextField
          path="databaseServer"
          label={text.reach}
          hint={text.reachHint(server)}
          value={databaseServer}
          mono
          onText={reachDatabaseAt}
          onLeave={() => void look(currentDraft())}
        />
      )}
      <Clients view={view} />
    </>
  )
}

/** The client of today; where there are several, the one that is meant is chosen first. */
function Clients({ view }: { readonly view: ClientChangeView }) {
  const { current, chooseClient, look } = useClientChange()
  const client = clientToday({ view, current })
  if (view.clients.length === 0) return <p className="secondary">{text.unknown}</p>
  return (
    <>
      {(view.clients.length > 1 || client === undefined) && (
        <>
          {client === undefined && <p>{text.none}</p>}
          <Choices
            name="client.current"
            legend={text.which}
            value={client?.id ?? ''}
            onValue={(id) => {
              chooseClient(id)
              // The scopes to choose from are those of the chosen one.
              void look(currentDraft())
            }}
            choices={view.clients.map(({ id, name, shipped }) => ({
              id,
              title: id,
              text: name === '' ? text.nameless : name,
              ...(id === view.current && current === ''
                ? { tag: text.system }
                : shipped
                  ? { tag: text.shipped }
                  : {}),
            }))}
          />
        </>
      )}
      {client && <Today client={client} />}
    </>
  )
}

function Today({ client }: { readonly client: Found }) {
  const { id, name, scopes, grantTypes, row } = client
  const rows: (readonly [string, ReactNode])[] = [
    [text.id, <span className="mono">{id}</span>],
    [text.name, name === '' ? text.nameless : name],
    [text.scopes, <span className="mono">{scopes.join(', ')}</span>],
    [text.grants, <span className="mono">{grantTypes.join(', ')}</span>],
    [text.row, <Row row={row} />],
  ]
  return (
    <section className="card" aria-labelledby="today">
      <div className="card-h">
        <h2 id="today">{text.today}</h2>
      </div>
      <Pairs rows={rows} />
      {row !== undefined && differs(client, row) && (
        <p className="granted-warning">
          <Icon name="Warning16Filled" className="mark-warning" label={messages.common.marks.warning} />
          {text.differs}
        </p>
      )}
    </section>
  )
}

function Row({ row }: { readonly row: ClientRowView | undefined }) {
  const unread = useClientChange((state) => state.view?.problem !== undefined)
  if (row === undefined) return unread ? text.notLooked : text.noRow
  return [
    text.rowOf(row.key),
    ...(row.created === undefined ? [] : [text.made(shortDate(row.created))]),
    ...(row.enabled ? [] : [text.disabled]),
    text.secrets[row.secret],
  ].join(', ')
}

/** Whether the database has something else than the settings: the service does not read them again. */
const differs = (client: Found, row: ClientRowView): boolean =>
  row.secret === 'differs' ||
  !sameSet(client.scopes, row.scopes) ||
  !sameSet(client.grantTypes, row.grantTypes)
