import type { ReactNode } from 'react'
import { Icon } from '../components/icon.tsx'
import { Pill } from '../components/pill.tsx'
import { messages } from '../messages/index.ts'
import { changesOf, clientToday, useClientChange } from '../store/client-change.ts'

const text = messages.clientChange.new

const unknownToday = <span className="secondary">{text.unknownToday}</span>

/** What the client is today and what it will be, live; what that means for Creatio, and what stays. */
export function ChangeDiff() {
  const state = useClientChange()
  const { id, name, secret, scopes, grantTypes, view } = state
  const today = clientToday(state)
  const changes = changesOf(state)
  const count = Object.values(changes).filter(Boolean).length
  const others = view?.clients.filter((client) => client !== today).map((client) => client.id) ?? []
  const value = (shown: string | undefined) => (shown ? <span className="mono">{shown}</span> : unknownToday)
  return (
    <>
      {(changes.id || changes.secret) && (
        <div className="card problem problem-warning">
          <Icon name="Warning20Filled" className="mark-warning" label={messages.common.marks.warning} />
          <div className="problem-text">
            <p>
              <b>{text.cutOff}</b>
            </p>
            <p>{text.cutOffText}</p>
          </div>
        </div>
      )}
      <section className="card" aria-labelledby="diff">
        <div className="card-h">
          <h2 id="diff">{text.diff}</h2>
          {count > 0 && <Pill tone="info">{text.changesCount(count)}</Pill>}
        </div>
        <dl className="changes">
          <Change name={text.diffRows.id} today={value(today?.id)} changed={changes.id}>
            {id === 'generate' ? text.generated : <span className="mono">{id}</span>}
          </Change>
          <Change name={text.diffRows.secret} today={text.secretToday} changed={changes.secret}>
            {secret.ref === 'generate' ? text.generated : text.secretThen}
          </Change>
          <Change name={text.diffRows.name} today={today?.name || unknownToday} changed={changes.name}>
            {name}
          </Change>
          <ChangedSet
            name={text.diffRows.scopes}
            today={today?.scopes}
            then={scopes}
            changed={changes.scopes}
          />
          <ChangedSet
            name={text.diffRows.grants}
            today={today?.grantTypes}
            then={grantTypes}
            changed={changes.grantTypes}
          />
        </dl>
      </section>
      <section className="card" aria-labelledby="kept">
        <div className="card-h">
          <h2 id="kept">{text.kept}</h2>
        </div>
        <ul className="kept">
          <li>{others.length === 0 ? text.noOthers : text.others(others.join(', '))}</li>
          <li>{text.rows}</li>
          <li>{text.restart}</li>
        </ul>
      </section>
    </>
  )
}

interface ChangeProps {
  readonly name: string
  readonly today: ReactNode
  readonly changed: boolean
  /** What it will be. */
  readonly children: ReactNode
}

function Change({ name, today, changed, children }: ChangeProps) {
  return (
    <div className={changed ? 'changed' : ''}>
      <dt>
        {name} {!changed && <span className="secondary">{text.staysWord}</span>}
      </dt>
      <dd>{changed ? <del>{today}</del> : today}</dd>
      {changed && (
        <dd className="then">
          <ins>{children}</ins>
        </dd>
      )}
    </div>
  )
}

interface ChangedSetProps {
  readonly name: string
  readonly today: readonly string[] | undefined
  readonly then: readonly string[] | undefined
  readonly changed: boolean
}

/** Of a set only what comes and goes is named; what stays is counted. */
function ChangedSet({ name, today, then, changed }: ChangedSetProps) {
  if (today === undefined)
    return (
      <Change name={name} today={unknownToday} changed={changed}>
        <span className="mono">{then?.join(', ')}</span>
      </Change>
    )
  const wanted = then ?? today
  const added = wanted.filter((one) => !today.includes(one))
  const removed = today.filter((one) => !wanted.includes(one))
  return (
    <div className={changed ? 'changed' : ''}>
      <dt>
        {name} {!changed && <span className="secondary">{text.staysWord}</span>}
      </dt>
      <dd>{today.length === wanted.length ? today.length : `${today.length} → ${wanted.length}`}</dd>
      {changed && (
        <dd className="then">
          {added.map((one) => (
            <ins key={one} className="mono">
              <span aria-hidden="true">+ </span>
              {one} <span className="visually-hidden">{text.added}</span>
            </ins>
          ))}
          {removed.map((one) => (
            <del key={one} className="mono">
              <span aria-hidden="true">− </span>
              {one} <span className="visually-hidden">{text.removed}</span>
            </del>
          ))}
        </dd>
      )}
    </div>
  )
}
