import type { CreatioCandidate } from '../../electron/contract/database.ts'
import { FaultText, describedBy } from '../components/fault-text.tsx'
import { Pill } from '../components/pill.tsx'
import { messages } from '../messages/index.ts'
import { useDatabase } from '../store/database.ts'
import { useFaults } from '../store/faults.ts'

const text = messages.database
const path = 'database.entry'

interface DatabaseCandidatesProps {
  readonly candidates: readonly CreatioCandidate[]
  readonly chosen: CreatioCandidate | undefined
}

/** The database entries of ConnectionStrings.config, of which one is taken: native radio buttons, so arrow keys work. */
export function DatabaseCandidates({ candidates, chosen }: DatabaseCandidatesProps) {
  const choose = useDatabase((state) => state.choose)
  const fault = useFaults((state) => state.texts[path])
  const setFault = useFaults((state) => state.set)
  return (
    <fieldset className="candidates" id={path} tabIndex={-1} {...describedBy(path, fault)}>
      <legend>{text.creatio.candidates}</legend>
      <div className="list">
        {candidates.map((candidate) => (
          <label key={`${candidate.entry}:${candidate.line}`} className="candidate">
            <input
              type="radio"
              name={path}
              checked={candidate === chosen}
              onChange={() => {
                setFault(path, undefined)
                choose(candidate)
              }}
            />
            <span className="candidate-body">
              <b className="mono">{candidate.entry}</b>
              {candidate.inUse && <Pill tone="info">{text.creatio.inUse}</Pill>}
              <span className="secondary">
                {text.creatio.line(candidate.line)},{' '}
                {candidate.provider === undefined
                  ? text.creatio.unknownProvider
                  : text.providers[candidate.provider]}
              </span>
              <span className="secondary">{candidate.about}</span>
            </span>
          </label>
        ))}
      </div>
      {fault !== undefined && <FaultText path={path} text={fault} />}
    </fieldset>
  )
}
