import type { CheckStatus } from '../../electron/contract/check.ts'
import type { StepState } from '../../electron/contract/run.ts'
import { messages } from '../messages/index.ts'
import { Icon, type IconName } from './icon.tsx'

/** What is shown: five shapes and a ring that turns. The shape carries the state, the colour only helps. */
type Mark = 'passed' | 'warning' | 'failed' | 'not-applicable' | 'waiting' | 'running'

const shapes: Record<Exclude<Mark, 'running'>, IconName> = {
  passed: 'CheckmarkCircle20Filled',
  warning: 'Warning20Filled',
  failed: 'DismissCircle20Filled',
  'not-applicable': 'SubtractCircle20Regular',
  waiting: 'Circle20Regular',
}

const checkMarks: Record<CheckStatus | 'running', Mark> = {
  passed: 'passed',
  warning: 'warning',
  failed: 'failed',
  'not-applicable': 'not-applicable',
  'not-tried': 'waiting',
  running: 'running',
}

const stepMarks: Record<StepState, Mark> = {
  waiting: 'waiting',
  running: 'running',
  done: 'passed',
  'as-wanted': 'passed',
  failed: 'failed',
  undoing: 'running',
  undone: 'not-applicable',
  'undo-failed': 'failed',
}

export const markOfCheck = (status: CheckStatus | 'running'): Mark => checkMarks[status]
export const markOfStep = (state: StepState): Mark => stepMarks[state]

interface StateIconProps {
  readonly mark: Mark
  /** The state in a word, where the usual one does not fit. */
  readonly label?: string
  readonly size?: number
}

export function StateIcon({ mark, label = messages.common.marks[mark], size = 20 }: StateIconProps) {
  if (mark === 'running')
    return <span className="spin" style={{ width: size, height: size }} role="img" aria-label={label} />
  return <Icon name={shapes[mark]} className={`mark-${mark}`} label={label} size={size} />
}
