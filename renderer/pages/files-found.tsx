import type { ReactNode } from 'react'
import type { CreatioCandidate } from '../../electron/contract/database.ts'
import type { CreatioView, ServiceView, TargetView } from '../../electron/contract/views.ts'
import { Pairs } from '../components/pairs.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { bytes } from '../format.ts'
import { messages } from '../messages/index.ts'
import { useFiles } from '../store/files.ts'
import { useHosting } from '../store/hosting.ts'

const text = messages.files

type Row = readonly [string, ReactNode]

/** What was read in the archive, in the target folder and beside Creatio. */
export function FilesFound() {
  const { service, targetView, creatio, source } = useFiles()
  const practice = useHosting((state) => state.practice)
  const rows = [
    ...(service ? serviceRows(service) : []),
    ...(targetView ? targetRows(targetView) : []),
    ...(creatio ? creatioRows(creatio) : []),
  ]
  const warnings = [
    ...(service?.warnings ?? []),
    ...(creatio?.problem !== undefined && creatio.candidates.length > 0 ? [creatio.problem] : []),
  ]
  return (
    <>
      <section className="card" aria-labelledby="found" aria-live="polite">
        <div className="card-h">
          <h2 id="found">{text.found}</h2>
        </div>
        {rows.length > 0 ? (
          <Pairs wide rows={rows} />
        ) : (
          <p className="secondary">{practice && source === '' ? text.practiceSource : text.nothingYet}</p>
        )}
      </section>
      {warnings.map((warning) => (
        <ProblemCard key={warning.code + warning.what} problem={warning} tone="warning" />
      ))}
    </>
  )
}

function serviceRows(service: ServiceView): Row[] {
  return [
    [text.kind, text.kinds[service.kind]],
    [text.content, text.contentOf(service.files, bytes(service.bytes))],
    [text.runtime, service.runtime ?? text.runtimeUnknown],
    [text.dockerfile, service.dockerfile ? text.dockerfileYes : text.dockerfileNo],
  ]
}

function targetRows(target: TargetView): Row[] {
  const said = [text.targets[target.state], text.free(bytes(target.freeBytes))].join(', ')
  return [[text.targetRow, [said, ...target.evidence].join('. ')]]
}

function creatioRows({ candidates }: CreatioView): Row[] {
  const used = candidates.find(({ inUse }) => inUse)
  const others = candidates.filter((candidate) => candidate !== used)
  return [
    ...(used === undefined ? [] : [[text.database, usedText(used)] as const]),
    ...(others.length === 0 ? [] : [[text.leftOver, others.map(({ entry }) => entry).join(', ')] as const]),
  ]
}

function usedText({ entry, provider, connection }: CreatioCandidate): string {
  if (connection !== undefined)
    return text.databaseOf(entry, provider ?? connection.provider, connection.database, connection.server)
  return text.entryOf(entry, provider ?? text.unknownProvider)
}
