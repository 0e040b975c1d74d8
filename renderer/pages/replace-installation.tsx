import { useEffect } from 'react'
import { Page, Scroll } from '../components/page.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { needed } from '../rules.ts'
import type { Fault } from '../store/faults.ts'
import { useMachine } from '../store/machine.ts'
import { chosenInstallation, useReplacement } from '../store/replacement.ts'
import { currentDraft } from '../store/slices.ts'
import { InstallationFound } from './replace-found.tsx'
import { InstallationList } from './replace-list.tsx'

const text = messages.replacement.installation

/** Typing pauses this many milliseconds before the back end is asked. */
const pause = 300

async function check(): Promise<readonly Fault[]> {
  const { target, typing, look } = useReplacement.getState()
  const installations = useMachine.getState().view?.installations ?? []
  const chosen = chosenInstallation({ target, typing }, installations)
  if (chosen === '') return [{ path: 'installation', text: text.needed }]
  if (target.trim() === '') return needed('installation.target', target, text.targetName)
  if (useReplacement.getState().view === undefined) await look(currentDraft())
  const { problem } = useReplacement.getState()
  return problem === undefined
    ? []
    : [{ path: chosen === 'other' ? 'installation.target' : 'installation', text: problem.what }]
}

/** Which installation, and what certificate it has now. */
export default function ReplaceInstallation() {
  const { target, container, look } = useReplacement()
  useEffect(() => {
    if (target.trim() === '') return
    const timer = setTimeout(() => void look(currentDraft()), pause)
    return () => clearTimeout(timer)
  }, [target, container, look])
  const next = () => void goNext(check)
  return (
    <Page
      id="replacement"
      title={text.title}
      lead={text.lead}
      onEnter={next}
      footer={<WizardFooter onNext={next} note={text.note} />}
    >
      <div className="installations">
        <Scroll label={text.legend}>
          <InstallationList />
        </Scroll>
        <Scroll label={text.regionLabel}>
          <InstallationFound />
        </Scroll>
      </div>
    </Page>
  )
}
