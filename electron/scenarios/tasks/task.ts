import type { Machine } from '../../machine/machine.ts'
import type { Redactor } from '../../secrets/redactor.ts'
import type { Plan } from '../../setup/plan.ts'

export interface TaskSources {
  readonly machine: Machine
  readonly redactor: Redactor
  readonly stateFolder: string
  readonly practice: boolean
}

/** What every plan of a task says the same way. */
export type TaskAbout = Pick<Plan, 'practice' | 'elevation'>
