import type { DatabaseLayerId } from '../../electron/contract/check.ts'
import { Button } from '../components/button.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { Working } from '../components/working.tsx'
import { duration } from '../format.ts'
import { messages } from '../messages/index.ts'
import { settled } from '../pending.ts'
import { chosenCandidate } from '../store/candidate.ts'
import { useFaults } from '../store/faults.ts'
import { useFiles } from '../store/files.ts'
import { testPassed, useDatabase, type ConnectionTest } from '../store/database.ts'
import { useMachine } from '../store/machine.ts'
import { currentDraft } from '../store/slices.ts'
import { valueFaults } from './database-faults.ts'
import { DatabaseLayerRow } from './database-layer.tsx'

const text = messages.database

/** In the order the back end tries them; after a failed one the rest is not tried. */
const order = [
  'name',
  'tcp',
  'tls',
  'login',
  'server',
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
  return (
    <section className="card test" aria-labelledby="test">
      <div className="card-h">
        <h2 id="test">{text.test}</h2>
        {test && <Outcome test={test} />}
        {/* Two buttons, not one with two texts: a test may begin by itself under a pointer that is about to begin one. */}
        {test?.running ? (
          <Button key="cancel" size="small" onClick={cancelTest}>
            {text.cancel}
          </Button>
        ) : (
          <Button key="test" size="small" id="database.test" onClick={() => void run()}>
            {test === undefined ? text.testNow : text.testAgain}
          </Button>
        )}
      </div>
      <ol className="layers" aria-live="polite">
        {order.map((id) => (
          <DatabaseLayerRow
            key={`${test?.operation}:${id}`}
            id={id}
            layer={test?.layers.find((layer) => layer.id === id)}
          />
        ))}
      </ol>
      {test?.running && <Working text={text.testing} operation={test.operation} />}
      {test?.problem && <ProblemCard problem={test.problem} />}
      {test !== undefined && !test.running && test.layers.length > 0 && <RanAs />}
    </section>
  )
}

/** As whom it ran: the service may be somebody else, whose rights were not tried then. */
function RanAs() {
  const machine = useMachine((state) => state.view)
  const creatio = useFiles((state) => state.creatio)
  const said = useDatabase(({ way, parsed, entry }) => {
    if (way === 'new') return text.ranAsAdministrator
    const connection =
      way === 'creatio'
        ? chosenCandidate(creatio, entry)?.connection
        : way === 'connection-string'
          ? parsed
          : undefined
    return connection?.windowsLogin ? text.ranAsWindows : text.ranAs
  })
  return machine && <p className="test-foot">{said(machine.server, machine.user)}</p>
}

function Outcome({ test }: { readonly test: ConnectionTest }) {
  if (test.running) return null
  const failed = test.layers.find((layer) => layer.state === 'failed')
  if (failed) return <Pill tone="failed">{text.stoppedAt(text.layers[failed.id])}</Pill>
  if (!testPassed(test)) return <Pill tone="failed">{text.refused}</Pill>
  const took = duration(test.layers.reduce((sum, layer) => sum + layer.ms, 0))
  const warnings = test.layers.filter((layer) => layer.state === 'warning').length
  return warnings > 0 ? (
    <Pill tone="warning">{text.warnedIn(warnings, took)}</Pill>
  ) : (
    <Pill tone="passed">{text.passedIn(took)}</Pill>
  )
}
