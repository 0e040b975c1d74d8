import { useState } from 'react'
import type { DatabaseLayer, DatabaseLayerId } from '../../electron/contract/check.ts'
import { Code } from '../components/code.tsx'
import { HiddenText } from '../components/hidden-text.tsx'
import { Icon } from '../components/icon.tsx'
import { Pairs } from '../components/pairs.tsx'
import { StateIcon, markOfCheck } from '../components/state-icon.tsx'
import { duration } from '../format.ts'
import { messages } from '../messages/index.ts'
import { DatabaseScript } from './database-script.tsx'

const text = messages.database

/** Layers whose failure an administrator of the database can put right by a script. */
const forAdministrator: ReadonlySet<DatabaseLayerId> = new Set<DatabaseLayerId>(['server', 'rights'])

interface DatabaseLayerRowProps {
  readonly id: DatabaseLayerId
  readonly layer: DatabaseLayer | undefined
}

/** One layer of the test: what needs a look is open, and what was read on the way opens on demand. */
export function DatabaseLayerRow({ id, layer }: DatabaseLayerRowProps) {
  const [chosen, setChosen] = useState<boolean | undefined>()
  const state = layer?.state ?? 'not-tried'
  const ended = layer !== undefined && state !== 'running' && state !== 'not-tried'
  const attention = state === 'failed' || state === 'warning'
  const facts = layer?.facts ?? []
  const more = ended && (attention || facts.length > 0)
  const open = more && (chosen ?? attention)
  return (
    <li className={`layer-${markOfCheck(state)}`}>
      <StateIcon mark={markOfCheck(state)} />
      <b>{text.layers[id]}</b>
      <span className="layer-text">
        {state === 'running'
          ? text.testingRow
          : state === 'not-tried'
            ? text.notTried
            : layer && <HiddenText text={layer.summary} />}
      </span>
      <span className="duration">{ended ? duration(layer.ms) : ''}</span>
      {more ? (
        <button
          type="button"
          className="layer-more"
          aria-expanded={open}
          aria-label={text.facts(text.layers[id])}
          title={text.facts(text.layers[id])}
          onClick={() => setChosen(!open)}
        >
          <Icon name={open ? 'ChevronDown16Regular' : 'ChevronRight16Regular'} className="chevron" />
        </button>
      ) : (
        <span />
      )}
      {open && <LayerDetails layer={layer} />}
    </li>
  )
}

function LayerDetails({ layer }: { readonly layer: DatabaseLayer }) {
  const { id, state, facts = [], driverMessage, cause, remedy } = layer
  const attention = state === 'failed' || state === 'warning'
  return (
    <div className="layer-details">
      {driverMessage !== undefined && (
        <>
          <p className="caption-text">{text.driverSays}</p>
          <Code text={driverMessage} what={text.message} failed />
        </>
      )}
      {(cause !== undefined || remedy !== undefined) && (
        <>
          <p className="caption-text">{text.remedy}</p>
          <p>
            {cause} {remedy?.text}
          </p>
        </>
      )}
      {remedy?.command !== undefined && <Code text={remedy.command} what={text.command} />}
      {remedy?.sql !== undefined && <Code text={remedy.sql} what={text.sql} />}
      {attention && forAdministrator.has(id) && (
        <p className="layer-act">
          <DatabaseScript label={text.grants.button} title={text.grants.title} about={text.grants.text} />
        </p>
      )}
      {facts.length > 0 && (
        <Pairs
          rows={facts.map(({ label, value }) => [
            label,
            <span className="mono">
              <HiddenText text={value} />
            </span>,
          ])}
        />
      )}
    </div>
  )
}
