import { Fragment, type ReactNode } from 'react'
import type { WindowsView } from '../../electron/contract/views.ts'
import { messages } from '../messages/index.ts'
import { useMachine } from '../store/machine.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { Working } from './working.tsx'

function windowsFacts({ iis, elevated, pendingRestart }: WindowsView): (readonly [string, ReactNode])[] {
  const text = messages.start.rail
  return [
    ...(pendingRestart ? [[text.restart, <Warned words={text.restartPending} />] as const] : []),
    [text.iis, withSecond(iis.version ?? text.none, iis.summary)],
    [text.rights, elevated ? text.elevated : text.asked],
  ]
}

const Warned = ({ words }: { readonly words: string }) => (
  <span className="row top">
    <Icon name="Warning16Filled" className="mark-warning" />
    {words}
  </span>
)

/** On the first page the rail shows this machine, since no setup was chosen yet. */
export function MachineRail() {
  const { view, looking, look, host } = useMachine()
  const text = messages.start.rail
  const facts: readonly (readonly [string, ReactNode])[] =
    view === undefined
      ? []
      : [
          [text.server, view.server],
          [text.system, view.windows?.system ?? view.system],
          ...(view.windows === undefined ? [] : windowsFacts(view.windows)),
          [text.runtimes, view.runtimes.length === 0 ? text.none : lines(view.runtimes)],
          [text.docker, withSecond(view.docker.version ?? text.none, view.docker.summary)],
          [text.user, view.user],
          [text.version, host.version],
        ]
  return (
    <aside className="rail" aria-label={text.title}>
      <div className="rail-head">
        <b>{text.title}</b>
        {view !== undefined && !looking && <span>{text.looked(view.tookMs)}</span>}
      </div>
      {looking && <Working text={text.looking} />}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="rail-foot">
        <Button appearance="subtle" size="small" icon="ArrowSync16Regular" onClick={() => void look()}>
          {text.again}
        </Button>
      </div>
    </aside>
  )
}

const lines = (items: readonly string[]): ReactNode =>
  items.map((item) => (
    <Fragment key={item}>
      {item}
      <br />
    </Fragment>
  ))

const withSecond = (first: string, second: string): ReactNode => (
  <>
    {first} <span className="second">{second}</span>
  </>
)
