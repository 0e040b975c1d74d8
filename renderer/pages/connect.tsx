import { useEffect, useState } from 'react'
import type { HandOverView } from '../../electron/contract/views.ts'
import { Button } from '../components/button.tsx'
import { ClipboardNote } from '../components/clipboard-note.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { Icon } from '../components/icon.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { Pairs } from '../components/pairs.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { SecretValue } from '../components/secret-value.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { goTo } from '../navigate.ts'
import { creatioFollows, useClientChange } from '../store/client-change.ts'
import { useScenario } from '../store/course.ts'
import { useHandOver } from '../store/handover.ts'
import { useHosting } from '../store/hosting.ts'

const text = messages.connect
const changed = messages.clientChange.connect

/** After a change of the client: whether Creatio has to follow; undefined in another scenario. */
function useFollowing(): boolean | undefined {
  const scenario = useScenario((state) => state.scenario)
  const follows = useClientChange(creatioFollows)
  return scenario === 'change-client' ? follows : undefined
}

/** What lasts until somebody has acted stands above what he needs for it. */
const CutOff = () => (
  <div className="card problem problem-warning">
    <Icon name="Warning20Filled" className="mark-warning" label={messages.common.marks.warning} />
    <div className="problem-text">
      <p>
        <b>{changed.warning}</b>
      </p>
      <p>{changed.warningText}</p>
    </div>
  </div>
)

/** The three system settings, ready to be copied, and where they are entered. */
export default function Connect() {
  const { view, problem, look } = useHandOver()
  const practice = useHosting((state) => state.practice)
  const follows = useFollowing()
  const [copied, setCopied] = useState<{ readonly clears: number } | undefined>()
  useEffect(() => void look(), [look])
  return (
    <Page
      id="connect"
      title={text.title}
      lead={follows === undefined ? text.lead : follows ? changed.lead : changed.leadSame}
      footer={
        <>
          <div className="footer-note">
            {copied ? (
              <ClipboardNote clears={copied.clears} onCleared={() => setCopied(undefined)} />
            ) : (
              text.note
            )}
          </div>
          <Button withAlt={messages.frame.keys.back} onClick={() => void goTo('proof')}>
            {messages.frame.back}
          </Button>
          <Button
            appearance="primary"
            id="next"
            withAlt={messages.frame.keys.next}
            onClick={() => void goTo('finish')}
          >
            {messages.frame.next}
          </Button>
        </>
      }
    >
      <Scroll label={text.regionLabel}>
        {problem && <ProblemCard problem={problem} />}
        {!view && !problem && <Working text={text.loading} />}
        {follows === true && <CutOff />}
        {view && <Values view={view} onCopied={(clears) => setCopied({ clears })} />}
        <section className="card" aria-labelledby="where">
          <div className="card-h">
            <h2 id="where">{text.where}</h2>
          </div>
          <ol className="numbered">
            {text.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p className="test-foot">{practice ? text.practice : text.feature}</p>
        </section>
      </Scroll>
    </Page>
  )
}

interface ValuesProps {
  readonly view: HandOverView
  readonly onCopied: (clears: number) => void
}

function Values({ view, onCopied }: ValuesProps) {
  return (
    <section className="card" aria-labelledby="values">
      <div className="card-h">
        <h2 id="values">{text.values}</h2>
      </div>
      <Pairs
        wide
        rows={[
          [
            text.url,
            <>
              <span className="row">
                <span className="mono">{view.identityServiceUrl}</span>
                <CopyButton what={text.url} text={view.identityServiceUrl} />
              </span>
              <span className="secondary">{text.setting(text.codes.url)}</span>
            </>,
          ],
          [
            text.id,
            <>
              <span className="row">
                <span className="mono">{view.clientId}</span>
                <CopyButton what={text.id} text={view.clientId} />
              </span>
              <span className="secondary">{text.setting(text.codes.id)}</span>
            </>,
          ],
          ...(view.clientSecret === undefined
            ? []
            : [
                [
                  text.secret,
                  <>
                    <SecretValue reference={view.clientSecret} label={text.secret} onCopied={onCopied} />
                    <span className="secondary">{text.setting(text.codes.secret)}</span>
                  </>,
                ] as const,
              ]),
        ]}
      />
    </section>
  )
}
