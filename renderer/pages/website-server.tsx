import type { ReactNode } from 'react'
import type { PoolView, SiteView } from '../../electron/contract/views.ts'
import { Icon } from '../components/icon.tsx'
import { Pill } from '../components/pill.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { useWebsite } from '../store/website.ts'

const text = messages.website
const { columns } = text

/** The sites and pools that are there, and whose they are. */
export function WebsiteServer() {
  const { view, looking } = useWebsite()
  if (view === undefined) return looking ? <Working text={text.looking} /> : null
  if (view.unknown !== undefined)
    return (
      <section className="card problem" aria-labelledby="unknown">
        <Icon name="Info16Regular" className="brand" size={20} />
        <div className="problem-text">
          <h2 id="unknown">{text.unknownTitle}</h2>
          <p>{view.unknown.what}</p>
          <p>{view.unknown.next}</p>
        </div>
      </section>
    )
  return (
    <div className="stack">
      <Table title={text.sites} empty={text.noSites} head={siteHead} rows={view.sites.map(siteRow)} />
      <Table title={text.pools} empty={text.noPools} head={poolHead} rows={view.pools.map(poolRow)} />
    </div>
  )
}

interface Row {
  readonly key: string
  readonly cells: readonly ReactNode[]
}

const siteHead = [columns.site, columns.bindings, columns.whose]

const siteRow = ({ name, state, bindings, pool, folder, whose }: SiteView): Row => ({
  key: name,
  cells: [
    <>
      <Named name={name} second={text.siteState(text.states[state], pool)} />
      <span className="mono line">{folder}</span>
    </>,
    bindings.map((binding) => (
      <span key={binding} className="mono line">
        {binding}
      </span>
    )),
    <Whose whose={whose} />,
  ],
})

const poolHead = [columns.pool, columns.usedBy, columns.whose]

const poolRow = ({ name, state, sites, whose }: PoolView): Row => ({
  key: name,
  cells: [
    <Named name={name} second={text.states[state]} />,
    sites.length === 0 ? <span className="secondary">{text.unused}</span> : sites.join(', '),
    <Whose whose={whose} />,
  ],
})

function Named({ name, second }: { readonly name: string; readonly second: string }) {
  return (
    <>
      <b>{name}</b>
      <span className="secondary line">{second}</span>
    </>
  )
}

const tones = { ours: 'info', creatio: 'plain', foreign: 'plain' } as const

const Whose = ({ whose }: { readonly whose: SiteView['whose'] }) => (
  <Pill tone={tones[whose]}>{text.whose[whose]}</Pill>
)

interface TableProps {
  readonly title: string
  readonly empty: string
  readonly head: readonly string[]
  readonly rows: readonly Row[]
}

function Table({ title, empty, head, rows }: TableProps) {
  return (
    <section className="card flush" aria-label={title}>
      <div className="pane-sum">
        <h2>{title}</h2>
        <span>{rows.length}</span>
      </div>
      {rows.length === 0 ? (
        <p className="secondary padded">{empty}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              {head.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key}>
                {cells.map((cell, index) => (
                  <td key={head[index]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
