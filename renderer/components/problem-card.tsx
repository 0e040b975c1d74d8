import type { ReactNode } from 'react'
import type { Problem, Where } from '../../electron/contract/problem.ts'
import { messages } from '../messages/index.ts'
import { Code } from './code.tsx'
import { Icon } from './icon.tsx'
import { Path } from './path.tsx'

interface ProblemCardProps {
  readonly problem: Problem
  readonly tone?: 'failed' | 'warning'
  readonly action?: ReactNode
}

/** A problem as it came: what, where, why, what to do, what was left alone, the raw words. */
export function ProblemCard({ problem, tone = 'failed', action }: ProblemCardProps) {
  const place = placeOf(problem.where)
  return (
    <div className={`card problem problem-${tone}`} role={tone === 'failed' ? 'alert' : undefined}>
      <Icon
        name={tone === 'failed' ? 'DismissCircle20Filled' : 'Warning20Filled'}
        className={`mark-${tone}`}
        label={messages.common.marks[tone]}
      />
      <div className="problem-text">
        <p>
          <b>{problem.what}</b>
        </p>
        {place !== undefined && (
          <p>
            <Path text={place} />
          </p>
        )}
        {problem.cause !== undefined && <p>{problem.cause}</p>}
        <p>{problem.next}</p>
        {problem.untouched !== undefined && <p className="secondary">{problem.untouched}</p>}
        {problem.details !== undefined && problem.details.length > 0 && (
          <Code text={problem.details.join('\n')} what={messages.common.details} failed={tone === 'failed'} />
        )}
        {action}
      </div>
    </div>
  )
}

/** `C:\…\ConnectionStrings.config, line 4, column 12`; undefined when nothing is known. */
function placeOf(where: Where | undefined): string | undefined {
  if (where === undefined) return undefined
  const { line, column } = messages.common
  const parts = [
    where.file,
    where.path,
    where.line === undefined ? undefined : `${line} ${where.line}`,
    where.column === undefined ? undefined : `${column} ${where.column}`,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(', ')
}
