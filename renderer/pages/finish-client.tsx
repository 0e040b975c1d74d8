import type { ReactNode } from 'react'
import type { RunView } from '../../electron/contract/run.ts'
import type { HandOverView } from '../../electron/contract/views.ts'
import { Copied } from '../components/copied.tsx'
import { messages } from '../messages/index.ts'
import type { SaveOutcome } from '../save.ts'
import { creatioFollows, useClientChange } from '../store/client-change.ts'
import { useRun } from '../store/run.ts'
import { CheckNow } from './finish-check-now.tsx'
import { FinishFacts } from './finish-facts.tsx'

const text = messages.clientChange.finish
const common = messages.finish

interface ClientChangeFactsProps {
  readonly view: HandOverView
  readonly failed: boolean
  readonly onSaved: (outcome: SaveOutcome) => void
}

/** Which client it is now, where the former rows are, and what only people can do. */
export function ClientChangeFacts({ view, failed, onSaved }: ClientChangeFactsProps) {
  const run = useRun((state) => state.view)
  const follows = useClientChange(creatioFollows)
  return (
    <>
      <FinishFacts rows={changeRows(view, run)} failed={failed} onSaved={onSaved} />
      <CheckNow title={text.check} steps={follows ? [...text.follow, ...text.steps] : text.steps} />
    </>
  )
}

/** What a change ticket wants to know of a changed client. */
function changeRows(view: HandOverView, run: RunView | undefined): (readonly [string, ReactNode])[] {
  const { installation, report } = view
  const said = (name: string, step: string) => {
    const summary = run?.steps.find(({ id }) => id === step)?.summary
    return summary === undefined ? [] : [[name, summary] as const]
  }
  return [
    [common.url, <Copied what={common.url} value={view.identityServiceUrl} />],
    [text.client, <Copied what={text.client} value={view.clientId} />],
    [common.folder, <Copied what={common.folder} value={installation.target} />],
    ...said(text.former, 'remove-client'),
    ...said(text.backUp, 'back-up-client'),
    ...said(text.interruption, 'take-up-client'),
    [common.changed, common.changedOf(report.writtenFiles, report.backups)],
  ]
}
