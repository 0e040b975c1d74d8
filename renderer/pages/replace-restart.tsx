import { useEffect, useState } from 'react'
import type { ReplacementView } from '../../electron/contract/views.ts'
import { Page, Scroll } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { Working } from '../components/working.tsx'
import { Icon } from '../components/icon.tsx'
import { dayAndTime, wholeTime } from '../format.ts'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { containerNameFault, iisNameFault, judged, needed } from '../rules.ts'
import type { Fault } from '../store/faults.ts'
import { useReplacement } from '../store/replacement.ts'
import { currentDraft } from '../store/slices.ts'
import { RestartCreatio, whoRestarts } from './replace-creatio.tsx'
import { NewFile } from './replace-file.tsx'

const text = messages.replacement.restart

function check(): readonly Fault[] {
  const { view, creatioPool, creatioContainer, elsewhere, path, creatio } = useReplacement.getState()
  const who = whoRestarts(creatio, view)
  return [
    ...(who === 'unsaid' ? [{ path: 'creatio', text: text.unsaid }] : []),
    ...(who === 'typed' && (creatioPool === '') === (creatioContainer === '')
      ? [{ path: 'creatio', text: text.nameNeeded }]
      : []),
    ...(who === 'typed'
      ? [
          ...judged('creatio.pool', creatioPool, iisNameFault),
          ...judged('creatio.container', creatioContainer, containerNameFault),
        ]
      : []),
    ...(elsewhere ? needed('path', path, text.pathName) : []),
  ]
}

/** What restarts, where the new file goes, and when it is a good time. */
export default function ReplaceRestart() {
  const { view, problem, look } = useReplacement()
  useEffect(() => {
    if (useReplacement.getState().view === undefined) void look(currentDraft())
  }, [look])
  const next = () => void goNext(check)
  return (
    <Page
      id="restart"
      title={text.title}
      lead={text.lead}
      onEnter={next}
      footer={<WizardFooter onNext={next} note={text.noSchedule} />}
    >
      <Scroll label={text.regionLabel}>
        {!view && !problem && <Working text={text.looking} />}
        {problem && <ProblemCard problem={problem} />}
        {view && (
          <>
            <Time view={view} />
            <section className="restarted" aria-labelledby="service">
              <h2 id="service" className="section-title">
                {text.service}
              </h2>
              <div className="card restart-fixed">
                <Icon name="ArrowSync20Regular" className="brand" />
                <div className="grow">
                  <b>{restartOf(view)}</b>
                  <p className="secondary">{text.why}</p>
                </div>
              </div>
            </section>
            <RestartCreatio view={view} />
            <NewFile view={view} />
          </>
        )}
      </Scroll>
    </Page>
  )
}

function restartOf({ hosting, inImage, name }: ReplacementView): string {
  if (hosting === 'iis') return text.pool(name)
  return inImage ? text.image(name) : text.container(name)
}

/** What a restart means for whoever holds a token, and the next hour in which few do. */
function Time({ view: { tokenSeconds, hour } }: { readonly view: ReplacementView }) {
  const [now] = useState(() => new Date())
  return (
    <div className={hour.quiet ? 'card restart-time' : 'card restart-time problem-warning'}>
      <Icon
        name={hour.quiet ? 'Clock16Regular' : 'Warning20Filled'}
        className={hour.quiet ? '' : 'mark-warning'}
        size={20}
      />
      <div className="grow">
        <p>
          <b>{hour.quiet ? text.quiet : text.working(dayAndTime(hour.at, now))}</b>
        </p>
        <p>{text.tokens(wholeTime(tokenSeconds))}</p>
      </div>
    </div>
  )
}
