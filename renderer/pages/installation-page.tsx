import { useEffect, type ReactNode } from 'react'
import type { Problem } from '../../electron/contract/problem.ts'
import type { InstallationView } from '../../electron/contract/views.ts'
import { Page, Scroll } from '../components/page.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { needed } from '../rules.ts'
import type { Fault } from '../store/faults.ts'
import type { Draft } from '../store/given.ts'
import { chosenInstallation, type InstallationChoice } from '../store/installation-choice.ts'
import { useMachine } from '../store/machine.ts'
import type { StepId } from '../store/scenarios.ts'
import { currentDraft } from '../store/slices.ts'
import { InstallationList } from './installation-list.tsx'

const text = messages.installation

/** Typing pauses this many milliseconds before the back end is asked. */
const pause = 300

/** The choice, and what came of looking at it. */
interface Looked extends InstallationChoice {
  readonly view: unknown
  readonly problem: Problem | undefined
  look(draft: Draft): Promise<void>
}

interface InstallationPageProps {
  readonly id: StepId
  readonly words: {
    readonly title: string
    readonly lead: string
    readonly regionLabel: string
    readonly note: string
  }
  readonly state: Looked
  readonly check: () => Promise<readonly Fault[]>
  readonly facts: (installation: InstallationView) => ReactNode
  /** What was found there. */
  readonly children: ReactNode
}

/** Which service a scenario looks after, and what is there now. */
export function InstallationPage({ id, words, state, check, facts, children }: InstallationPageProps) {
  const { target, container, site, look, problem } = state
  useEffect(() => {
    if (target.trim() === '') return
    const timer = setTimeout(() => void look(currentDraft()), pause)
    return () => clearTimeout(timer)
  }, [target, container, site, look])
  const next = () => void goNext(check)
  return (
    <Page
      id={id}
      title={words.title}
      lead={words.lead}
      onEnter={next}
      footer={<WizardFooter onNext={next} note={words.note} />}
    >
      <div className="installations">
        <Scroll label={text.legend}>
          <InstallationList choice={state} problem={problem} facts={facts} />
        </Scroll>
        <Scroll label={words.regionLabel}>{children}</Scroll>
      </div>
    </Page>
  )
}

/** What keeps Next from going on: nothing chosen, or nothing to be found there. Looks where nobody has looked yet. */
export async function installationFaults(get: () => Looked): Promise<readonly Fault[]> {
  const { target, typing, look } = get()
  const installations = useMachine.getState().view?.installations ?? []
  const chosen = chosenInstallation({ target, typing }, installations)
  if (chosen === '') return [{ path: 'installation', text: text.needed }]
  if (target.trim() === '') return needed('installation.target', target, text.targetName)
  if (get().view === undefined) await look(currentDraft())
  const { problem } = get()
  if (problem === undefined) return []
  if (chosen !== 'other') return [{ path: 'installation', text: problem.what }]
  const path = problem.where?.path ?? ''
  return [{ path: path.startsWith('installation.') ? path : 'installation.target', text: problem.what }]
}
