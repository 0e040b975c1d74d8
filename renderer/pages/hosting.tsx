import { Choices } from '../components/choices.tsx'
import { TextField } from '../components/fields.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { Pairs } from '../components/pairs.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { judged, portFault } from '../rules.ts'
import type { Fault } from '../store/faults.ts'
import { useDatabase } from '../store/database.ts'
import { useHosting } from '../store/hosting.ts'
import { useMachine } from '../store/machine.ts'

const text = messages.hosting

const check = (): readonly Fault[] => {
  const { hosting, practicePort } = useHosting.getState()
  return hosting === 'practice' ? judged('practice.port', practicePort, portFault) : []
}

/** Docker or the practice run; IIS is shown and says when it comes. */
export default function Hosting() {
  const { hosting, choose, practicePort, setPracticePort } = useHosting()
  const docker = useMachine((state) => state.view?.docker)
  const next = () => void goNext(check)
  const take = (value: 'docker' | 'practice') => {
    choose(value)
    // The practice database belongs to the practice run only.
    const { way, change } = useDatabase.getState()
    if (value === 'docker' && way === 'practice') change({ way: 'fields' })
    if (value === 'practice' && way === 'fields') change({ way: 'practice' })
  }
  return (
    <Page
      id="hosting"
      title={text.title}
      lead={text.lead}
      onEnter={next}
      footer={
        <WizardFooter
          onNext={next}
          note={hosting === 'docker' && docker?.usable === false ? text.missing : undefined}
        />
      }
    >
      <Scroll label={text.regionLabel}>
        <Choices
          name="hosting"
          legend={text.legend}
          value={hosting}
          onValue={(value) => {
            if (value !== 'iis') take(value)
          }}
          choices={[
            { id: 'docker', ...text.choices.docker },
            {
              id: 'iis',
              title: text.choices.iis.title,
              text: text.choices.iis.text,
              off: text.choices.iis.later,
            },
            { id: 'practice', ...text.choices.practice },
          ]}
        />
        {hosting === 'docker' && docker && (
          <section className="card" aria-labelledby="engine">
            <div className="card-h">
              <h2 id="engine">{text.engine}</h2>
              <Pill tone={docker.usable ? 'passed' : 'failed'}>
                {messages.common.marks[docker.usable ? 'passed' : 'failed']}
              </Pill>
            </div>
            <Pairs
              wide
              rows={[
                ...(docker.version === undefined ? [] : [[text.version, docker.version] as const]),
                [text.state, docker.summary],
              ]}
            />
          </section>
        )}
        {hosting === 'docker' && docker?.problem && <ProblemCard problem={docker.problem} />}
        {hosting === 'practice' && (
          <div className="form narrow-form">
            <TextField
              path="practice.port"
              label={text.practicePort}
              hint={text.practicePortHint}
              value={practicePort}
              inputMode="numeric"
              check={portFault}
              onText={setPracticePort}
            />
          </div>
        )}
      </Scroll>
    </Page>
  )
}
