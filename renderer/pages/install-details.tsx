import { useEffect, useRef, useState } from 'react'
import type { LogLine, RunView } from '../../electron/contract/run.ts'
import { Button } from '../components/button.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { HiddenText } from '../components/hidden-text.tsx'
import { Pill } from '../components/pill.tsx'
import { TabPanel, Tabs } from '../components/tabs.tsx'
import { timeOfDay } from '../format.ts'
import { messages } from '../messages/index.ts'
import { InstallFailure } from './install-failure.tsx'

const text = messages.install

/** Right side: the live log; after a failure its cause and remedy, with the log behind a tab. */
export function InstallDetails({ view }: { readonly view: RunView }) {
  const [tab, setTab] = useState<'cause' | 'log'>('cause')
  if (view.failure === undefined && view.undoFailures.length === 0) return <LogPane log={view.log} />
  return (
    <div className="pane-end card flush">
      <div className="pane-tabs">
        <Tabs
          label={text.aboutFailure}
          value={tab}
          onValue={setTab}
          tabs={[
            ['cause', text.causeAndRemedy],
            ['log', text.log],
          ]}
        />
      </div>
      <TabPanel id={tab}>
        {tab === 'cause' ? <InstallFailure view={view} /> : <Log log={view.log} />}
      </TabPanel>
    </div>
  )
}

function LogPane({ log }: { readonly log: readonly LogLine[] }) {
  const body = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  useEffect(() => {
    if (follows && body.current) body.current.scrollTop = body.current.scrollHeight
  }, [log.length, follows])
  return (
    <div className="pane-end card flush">
      <div className="pane-tabs plain">
        <h2 className="log-title">{text.log}</h2>
        <span className="row">
          {follows ? (
            <Pill tone="plain">{text.follows}</Pill>
          ) : (
            <Button size="small" onClick={() => setFollows(true)}>
              {text.followAgain}
            </Button>
          )}
          <CopyButton what={text.log} text={log.map(lineText).join('\n')} />
        </span>
      </div>
      <div
        className="pane-body"
        role="region"
        aria-label={text.log}
        tabIndex={0}
        ref={body}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget
          setFollows(scrollHeight - scrollTop - clientHeight < 24)
        }}
      >
        <Log log={log} />
      </div>
    </div>
  )
}

const lineText = (line: LogLine): string => `${line.at}  ${line.step}  ${line.text}`

function Log({ log }: { readonly log: readonly LogLine[] }) {
  if (log.length === 0) return <p className="diff-foot">{text.nothingLogged}</p>
  return (
    <div className="log">
      {log.map((line, index) => (
        <div key={index} className={line.level === 'error' ? 'log-error' : ''}>
          <span className="n">{timeOfDay(line.at)}</span>
          <span className="s">{line.step}</span>
          <span>
            <HiddenText text={line.text} />
          </span>
        </div>
      ))}
    </div>
  )
}
