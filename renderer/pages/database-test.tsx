import type { DatabaseLayer, DatabaseLayerId } from '../../electron/contract/check.ts'
import { Button } from '../components/button.tsx'
import { Code } from '../components/code.tsx'
import { HiddenText } from '../components/hidden-text.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { StateIcon, markOfCheck } from '../components/state-icon.tsx'
import { Working } from '../components/working.tsx'
import { duration } from '../format.ts'
import { messages } from '../messages/index.ts'
import { settled } from '../pending.ts'
import { useFaults } from '../store/faults.ts'
import { testPassed, useDatabase, type ConnectionTest } from '../store/database.ts'
import { useMachine } from '../store/machine.ts'
import { currentDraft } from '../store/slices.ts'
import { valueFaults } from './database-faults.ts'

const text = messages.database

/** In the order the back end tries them; after a failed one the rest is not tried. */
const order = [
  'name',
  'tcp',
  'tls',
  'login',
  'rights',
  'schema',
] as const satisfies readonly DatabaseLayerId[]

async function run(): Promise<void> {
  await settled()
  const faults = valueFaults()
  useFaults.getState().press(faults)
  if (faults.length === 0) await useDatabase.getState().runTest(currentDraft())
}

/** The layered test, live: a row a layer in fixed order, the failed one open with the driver's words. */
export function DatabaseTest() {
  const { test, cancelTest } = useDatabase()
  const machine = useMachine((state) => state.view)
  return (
    <section className="card test" aria-labelledby="test">
      <div className="card-h">
        <h2 id="test">{text.test}</h2>
        {test && <Outcome test={test} />}
        {test?.running ? (
          <Button size="small" onClick={cancelTest}>
            {text.cancel}
          </Button>
        ) : (
          <Button size="small" id="database.test" onClick={() => void run()}>
            {test === undefined ? text.testNow : text.testAgain}
          </Button>
        )}
      </div>
      <ol className="layers" aria-live="polite">
        {order.map((id) => (
          <LayerRow key={id} id={id} layer={test?.layers.find((layer) => layer.id === id)} />
        ))}
      </ol>
      {test?.running && <Working text={text.testing} operation={test.operation} />}
      {test?.problem && <ProblemCard problem={test.problem} />}
      {testPassed(test) && machine && <p className="test-foot">{text.from(machine.server, machine.user)}</p>}
    </section>
  )
}

function Outcome({ test }: { readonly test: ConnectionTest }) {
  if (test.running) return null
  const failed = test.layers.find((layer) => layer.state === 'failed')
  if (failed) return <Pill tone="failed">{text.stoppedAt(text.layers[failed.id])}</Pill>
  if (!testPassed(test)) return <Pill tone="failed">{text.refused}</Pill>
  return (
    <Pill tone="passed">
      {text.passedIn(duration(test.layers.reduce((sum, layer) => sum + layer.ms, 0)))}
    </Pill>
  )
}

interface LayerRowProps {
  readonly id: DatabaseLayerId
  readonly layer: DatabaseLayer | undefined
}

function LayerRow({ id, layer }: LayerRowProps) {
  const state = layer?.state ?? 'not-tried'
  const details = layer !== undefined && (layer.state === 'failed' || layer.state === 'warning')
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
      <span className="duration">
        {layer && state !== 'running' && state !== 'not-tried' ? duration(layer.ms) : ''}
      </span>
      {details && <LayerDetails layer={layer} />}
    </li>
  )
}

function LayerDetails({ layer }: { readonly layer: DatabaseLayer }) {
  const { driverMessage, cause, remedy } = layer
  return (
    <div className="layer-details">
      {driverMessage !== undefined && (
        <>
          <p className="caption-text">{text.driverSays}</p>
          <Code text={driverMessage} what={text.message} failed />
        </>
      )}
      {(cause !== undefined || remedy !== undefined) && <p className="caption-text">{text.remedy}</p>}
      <p>
        {cause} {remedy?.text}
      </p>
      {remedy?.command !== undefined && <Code text={remedy.command} what={text.command} />}
      {remedy?.sql !== undefined && <Code text={remedy.sql} what={text.sql} />}
    </div>
  )
}
