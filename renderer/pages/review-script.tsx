import { useState } from 'react'
import { announce } from '../announce.ts'
import { ask } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { finishSaving, type SaveOutcome } from '../save.ts'
import { useReview } from '../store/review.ts'

const text = messages.review.script

/** The plan as a script that does the same by Windows' own tools, for whoever may not run this program. */
export function ReviewScript() {
  const { script, scriptProblem } = useReview()
  const [saved, setSaved] = useState<SaveOutcome>()
  if (scriptProblem)
    return (
      <div className="padded">
        <ProblemCard problem={scriptProblem} tone="warning" />
      </div>
    )
  if (script === undefined)
    return (
      <div className="padded">
        <Working text={text.making} />
      </div>
    )
  const save = async () => {
    const outcome = finishSaving(await ask('script.save', {}))
    setSaved(outcome)
    if (outcome !== undefined && 'said' in outcome) announce(outcome.said)
  }
  return (
    <>
      <div className="script-head">
        <Pill tone="info" icon="Info16Regular">
          {text.language}
        </Pill>
        <CopyButton what={text.what} text={script.text} />
        <Button size="small" icon="Save20Regular" onClick={() => void save()}>
          {text.save}
        </Button>
        <span className="secondary">{saved !== undefined && 'said' in saved ? saved.said : text.about}</span>
      </div>
      {saved !== undefined && 'problem' in saved && (
        <div className="padded">
          <ProblemCard problem={saved.problem} />
        </div>
      )}
      <pre className="script" aria-label={script.name}>
        {script.text}
      </pre>
    </>
  )
}
