import type { Problem } from '../../electron/contract/problem.ts'
import { messages } from '../messages/index.ts'
import { StateIcon } from './state-icon.tsx'

interface RemarksProps {
  readonly label: string
  readonly tone: 'failed' | 'warning'
  readonly problems: readonly Problem[]
  /** The file that the card is about: only another one is named. */
  readonly file: string
}

/** Problems as a list inside a card: what, where, why, what to do. Several of them stay readable. */
export function Remarks({ label, tone, problems, file }: RemarksProps) {
  if (problems.length === 0) return null
  return (
    <ul className="remarks" aria-label={label}>
      {problems.map(({ code, what, where, cause, next, details }) => (
        <li key={code + what} className={`remark remark-${tone}`}>
          <StateIcon mark={tone} label={messages.common.marks[tone]} />
          <div>
            <p>
              <b>{what}</b>
            </p>
            {where?.file !== undefined && where.file !== file && <p className="mono">{where.file}</p>}
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
