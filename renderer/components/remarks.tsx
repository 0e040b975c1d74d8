import type { Problem } from '../../electron/contract/problem.ts'
import { messages } from '../messages/index.ts'
import { StateIcon } from './state-icon.tsx'

interface RemarksProps {
  readonly label: string
  readonly tone: 'failed' | 'warning'
  readonly problems: readonly Problem[]
}

/** Problems as a list inside a card: what, why, what to do. Several of them stay readable. */
export function Remarks({ label, tone, problems }: RemarksProps) {
  if (problems.length === 0) return null
  return (
    <ul className="remarks" aria-label={label}>
      {problems.map(({ code, what, cause, next, details }) => (
        <li key={code + what} className={`remark remark-${tone}`}>
          <StateIcon mark={tone} label={messages.common.marks[tone]} />
          <div>
            <p>
              <b>{what}</b>
            </p>
            {cause !== undefined && <p>{cause}</p>}
            <p>{next}</p>
            {details?.map((line) => (
              <p key={line} className="mono">
                {line}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}
