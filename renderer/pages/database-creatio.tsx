import { Link } from '@fluentui/react-components'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Path } from '../components/path.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import type { ConnectionView } from '../../electron/contract/database.ts'
import { messages } from '../messages/index.ts'
import { chosenCandidate, onlyCandidate } from '../store/candidate.ts'
import { useDatabase } from '../store/database.ts'
import { useFiles } from '../store/files.ts'
import { DatabaseCandidates } from './database-candidates.tsx'
import { ConnectionPairs } from './database-pairs.tsx'
import { DatabasePlaceholders } from './database-placeholders.tsx'
import { usePrinted } from './database-printed.ts'
import { DatabaseEdit, DatabaseWritten } from './database-written.tsx'

const text = messages.database

/** An entry of Creatio's configuration: chosen, completed where a vault keeps its values, and shown in parts. */
export function DatabaseCreatio() {
  const creatio = useFiles((state) => state.creatio)
  const problem = useFiles((state) => state.creatioProblem)
  const entry = useDatabase((state) => state.entry)
  if (problem) return <ProblemCard problem={problem} />
  if (creatio === undefined || creatio.candidates.length === 0)
    return <p className="secondary">{creatio === undefined ? text.creatio.needed : text.creatio.noEntry}</p>
  const candidate = chosenCandidate(creatio, entry)
  const only = onlyCandidate(creatio)
  return (
    <>
      <p className="from">
        <Icon name="DocumentText20Regular" className="brand" />
        <span>
          {only === undefined ? text.creatio.from : text.creatio.entryIn(only.entry, only.line)}{' '}
          <Path text={creatio.file} />
        </span>
      </p>
      {only === undefined && <DatabaseCandidates candidates={creatio.candidates} chosen={candidate} />}
      {candidate?.provider === 'Oracle' ? (
        <OracleCard />
      ) : (
        <>
          {candidate?.problem && <ProblemCard problem={candidate.problem} />}
          {candidate !== undefined && candidate.placeholders.length > 0 && (
            <DatabasePlaceholders candidate={candidate} />
          )}
          {candidate?.connection !== undefined &&
            (candidate.placeholders.length > 0 ? (
              <Completed connection={candidate.connection} />
            ) : (
              <Shown connection={candidate.connection} />
            ))}
          <OwnLine beside={candidate?.connection} />
        </>
      )}
    </>
  )
}

function Shown({ connection }: { readonly connection: ConnectionView }) {
  return (
    <>
      <ConnectionPairs connection={connection} />
      <DatabaseEdit as={['fields', 'text']} connection={connection} />
      <DatabaseWritten connection={connection} shown />
    </>
  )
}

/** With the values of the vault in their places, once all are given. */
function Completed({ connection }: { readonly connection: ConnectionView }) {
  const printed = usePrinted()
  if (printed === undefined) return <ConnectionPairs connection={connection} />
  if (printed.connection === undefined) return printed.problem && <ProblemCard problem={printed.problem} />
  return <Shown connection={printed.connection} />
}

/** The Identity Service knows no Oracle: the way on is a database of its own. */
function OracleCard() {
  const { makeOwn, change } = useDatabase()
  return (
    <section className="card problem problem-warning" aria-labelledby="oracle">
      <Icon name="Warning20Filled" className="mark-warning" label={messages.common.marks.warning} />
      <div className="problem-text">
        <h2 id="oracle">{text.oracle.title}</h2>
        <p>{text.oracle.text}</p>
        <div className="stacked">
          <Button icon="Database20Regular" onClick={() => makeOwn(undefined)}>
            {text.oracle.make}
          </Button>
          <Link as="button" onClick={() => change({ way: 'fields' })}>
            {text.oracle.there}
          </Link>
        </div>
      </div>
    </section>
  )
}

function OwnLine({ beside }: { readonly beside: ConnectionView | undefined }) {
  const makeOwn = useDatabase((state) => state.makeOwn)
  return (
    <p className="secondary">
      {text.creatio.own}{' '}
      <Link as="button" className="small-link" onClick={() => makeOwn(beside)}>
        {text.creatio.ownAction}
      </Link>
    </p>
  )
}
