import { useEffect, useState } from 'react'
import { ask } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Page } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { finishSaving, type SaveOutcome } from '../save.ts'
import { useWords } from '../store/course.ts'
import { useHosting } from '../store/hosting.ts'
import { useReview } from '../store/review.ts'
import { currentDraft, typedDraft } from '../store/slices.ts'
import { announce } from '../announce.ts'
import { asksForRights, startRun } from '../start-run.ts'
import { ReviewDetails } from './review-details.tsx'
import { ReviewMissing } from './review-missing.tsx'
import { ReviewReturned } from './review-returned.tsx'
import { ReviewSteps } from './review-steps.tsx'

const text = messages.review

/** The whole plan, before anything is changed. The only page whose button changes the machine. */
export default function Review() {
  const { plan, problems, making, make } = useReview()
  const words = useWords()
  const practice = useHosting((state) => state.practice)
  const [saved, setSaved] = useState<SaveOutcome>()
  const [refused, setRefused] = useState<string | undefined>()
  const [starting, setStarting] = useState(false)

  useEffect(() => {
    void make(currentDraft())
    return () => useReview.getState().comeBack(undefined)
  }, [make])

  const install = async () => {
    if (starting) return
    if (plan === undefined) {
      const why = making ? text.notReady : text.missing(problems.length)
      setRefused(why)
      return announce(why)
    }
    setStarting(true)
    useReview.getState().comeBack(undefined)
    await startRun(plan)
    setStarting(false)
  }
  const save = async () => setSaved(finishSaving(await ask('answers.save', { draft: typedDraft() })))

  const said = saved !== undefined && 'said' in saved ? saved.said : undefined
  // The simulated Windows of a practice run may ask too; that it does not is not worth a word.
  const told = plan !== undefined && !(practice && plan.elevation === 'present')
  const rights = told ? text.rights[plan.elevation](words.commit) : ''
  const stays = practice ? text.notePractice : text.note
  const note = problems.length > 0 ? text.missing(problems.length) : `${rights} ${stays}`.trim()
  return (
    <Page
      id="review"
      title={text.title}
      lead={problems.length > 0 ? text.leadMissing : plan ? text.lead : text.leadMaking}
      action={
        <Button icon="Save20Regular" onClick={() => void save()}>
          {text.save}
        </Button>
      }
      footer={
        <WizardFooter
          next={words.commit}
          nextIcon={plan && asksForRights(plan) ? 'Shield20Regular' : undefined}
          onNext={() => void install()}
          note={<span>{(plan === undefined ? refused : undefined) ?? said ?? note}</span>}
        />
      }
    >
      {saved !== undefined && 'problem' in saved && <ProblemCard problem={saved.problem} />}
      <ReviewReturned />
      {making && <Working text={text.making} />}
      {problems.length > 0 && <ReviewMissing problems={problems} />}
      {plan && (
        <div className="panes">
          <ReviewSteps plan={plan} />
          <ReviewDetails plan={plan} />
        </div>
      )}
    </Page>
  )
}
