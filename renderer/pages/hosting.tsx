import { Choices } from '../components/choices.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import type { Fault } from '../store/faults.ts'
import { hasWindows, useHosting } from '../store/hosting.ts'
import { useMachine } from '../store/machine.ts'
import { HostingMachine } from './hosting-machine.tsx'

const text = messages.hosting

/** Why a kind of hosting cannot be chosen here; undefined when it can. */
function obstacle(kind: 'iis' | 'docker'): string | undefined {
  const { practice } = useHosting.getState()
  const { view, host } = useMachine.getState()
  if (kind === 'docker') return practice ? text.choices.docker.notInPractice : undefined
  if (practice || hasWindows(view, host)) return undefined
  return text.choices.iis.needsWindows(view?.system ?? text.choices.iis.otherSystem)
}

/** An answer file can ask for what this machine does not have. */
function check(): readonly Fault[] {
  const why = obstacle(useHosting.getState().hosting)
  return why === undefined ? [] : [{ path: 'hosting', text: why }]
}

/** IIS or Docker, and what this machine has of each. */
export default function Hosting() {
  const { hosting, practice, choose } = useHosting()
  const machine = useMachine((state) => state.view)
  const next = () => void goNext(check)
  const { iis, docker } = text.choices
  const usable = hosting === 'iis' ? machine?.windows?.iis.usable : machine?.docker.usable
  return (
    <Page
      id="hosting"
      title={text.title}
      lead={text.lead}
      onEnter={next}
      footer={
        <WizardFooter
          onNext={next}
          note={!practice && usable === false ? text.missing[hosting] : undefined}
        />
      }
    >
      <Scroll label={text.regionLabel}>
        <Choices
          name="hosting"
          legend={text.legend}
          value={hosting}
          onValue={choose}
          choices={[
            {
              id: 'iis',
              title: iis.title,
              text: practice ? iis.textPractice : iis.text,
              ...offered('iis'),
            },
            { id: 'docker', title: docker.title, text: docker.text, ...offered('docker') },
          ]}
        />
        <HostingMachine hosting={hosting} practice={practice} machine={machine} />
      </Scroll>
    </Page>
  )
}

function offered(kind: 'iis' | 'docker'): { readonly off?: string; readonly tag?: string } {
  const off = obstacle(kind)
  if (off !== undefined) return { off }
  return kind === 'iis' ? { tag: text.recommended } : {}
}
