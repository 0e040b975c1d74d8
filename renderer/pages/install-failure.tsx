import type { Evidence, Remedy } from '../../electron/contract/check.ts'
import type { RunView, StepFailure } from '../../electron/contract/run.ts'
import { Code } from '../components/code.tsx'
import { EvidenceList } from '../components/evidence.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { messages } from '../messages/index.ts'

const text = messages.install

/** What could not be rolled back first, since it is still to be done; then why it had to be: cause, remedy, evidence. */
export function InstallFailure({ view }: { readonly view: RunView }) {
  return (
    <div className="diagnosis">
      {view.undoFailures.length > 0 && (
        <section>
          <h2 className="caption-text">{text.undoFailures}</h2>
          {view.undoFailures.map((failure) => (
            <ProblemCard key={failure.step} problem={failure.problem} />
          ))}
        </section>
      )}
      {view.failure && <Failure failure={view.failure} undone={view.undoFailures.length > 0} />}
    </div>
  )
}

interface FailureProps {
  readonly failure: StepFailure
  /** The page is about the rolling back by now: the step that failed first has to be named. */
  readonly undone: boolean
}

function Failure({ failure, undone }: FailureProps) {
  const { problem, diagnosis } = failure
  const remedy: Remedy = diagnosis?.remedy ?? { text: problem.next }
  const cause = diagnosis?.cause ?? problem.cause ?? problem.what
  const evidence: readonly Evidence[] = [
    ...(diagnosis?.evidence ?? []),
    ...(problem.details === undefined || problem.details.length === 0
      ? []
      : [{ label: text.words, value: problem.details.join('\n') }]),
  ]
  return (
    <>
      <section>
        <h2 className="caption-text">{undone ? text.failed(failure.title) : text.cause}</h2>
        <p className="big">{cause}</p>
        {(diagnosis !== undefined || problem.cause !== undefined) && <p>{problem.what}</p>}
        {problem.untouched !== undefined && <p>{problem.untouched}</p>}
      </section>
      <section>
        <h2 className="caption-text">{text.remedy}</h2>
        <p>{remedy.text}</p>
        {remedy.command !== undefined && <Code text={remedy.command} what={text.command} />}
        {remedy.sql !== undefined && <Code text={remedy.sql} what={text.sql} />}
      </section>
      {evidence.length > 0 && (
        <EvidenceList
          evidence={evidence}
          about={[text.failed(failure.title), cause, problem.what].join('\n')}
        />
      )}
    </>
  )
}
