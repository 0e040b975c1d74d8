import { useState, type ReactNode } from 'react'
import type { CheckReport } from '../../electron/contract/check.ts'
import { duration } from '../format.ts'
import { messages } from '../messages/index.ts'
import { Code } from './code.tsx'
import { Icon } from './icon.tsx'
import { Pairs } from './pairs.tsx'
import { StateIcon, markOfCheck } from './state-icon.tsx'

interface CheckListProps {
  readonly title: string
  readonly checks: readonly CheckReport[]
  /** Id of the row that is open at first. */
  readonly open?: string
  /** What stands below the details of an open row. */
  readonly below?: (check: CheckReport) => ReactNode
}

/** Checks as rows that open: why, what was found, the remedy with its command. */
export function CheckList({ title, checks, open: first, below }: CheckListProps) {
  const [opened, setOpened] = useState<string | null | undefined>()
  const open = opened === undefined ? first : opened
  if (checks.length === 0) return null
  return (
    <section aria-label={title} className="check-group">
      <h2 className="section-title">
        {title} <span>{checks.length}</span>
      </h2>
      <ul className="list">
        {checks.map((check) => (
          <li key={check.id} className={open === check.id ? 'open' : ''}>
            <button
              type="button"
              className="check-row"
              aria-expanded={open === check.id}
              onClick={() => setOpened(open === check.id ? null : check.id)}
            >
              <StateIcon mark={markOfCheck(check.status)} />
              <span className="check-title">{check.title}</span>
              <span className="check-found">{check.summary}</span>
              <span className="duration">{check.status === 'not-applicable' ? '' : duration(check.ms)}</span>
              <Icon
                name={open === check.id ? 'ChevronDown16Regular' : 'ChevronRight16Regular'}
                className="chevron"
              />
            </button>
            {open === check.id && <CheckDetails check={check} below={below?.(check)} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function CheckDetails({ check, below }: { readonly check: CheckReport; readonly below: ReactNode }) {
  const text = messages.checks
  const rows: (readonly [string, ReactNode])[] = [[text.why, check.why]]
  if (check.cause !== undefined) rows.push([text.cause, check.cause])
  if (check.remedy !== undefined) rows.push([text.remedy, check.remedy.text])
  for (const item of check.evidence) rows.push([item.label, <span className="mono lines">{item.value}</span>])
  rows.push([text.check, <span className="mono">{check.id}</span>])
  return (
    <div className="check-details">
      <Pairs rows={rows} wide />
      {check.remedy?.command !== undefined && <Code text={check.remedy.command} what={text.command} />}
      {check.remedy?.sql !== undefined && <Code text={check.remedy.sql} what={text.sql} />}
      {below}
    </div>
  )
}
