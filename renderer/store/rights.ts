import type { MachineView } from '../../electron/contract/views.ts'

/** What a change of Windows means for whoever sits there. */
export type Rights = 'not-needed' | 'asked' | 'present' | 'practice'

interface Wanting {
  readonly elevation: boolean
  readonly practice: boolean
  readonly machine: MachineView | undefined
  /** See {@link useTask}. */
  readonly given: boolean
}

/** Whether Windows will ask for administrator rights. The simulated Windows of a practice run asks nobody. */
export function rightsFor({ elevation, practice, machine, given }: Wanting): Rights {
  if (!elevation) return 'not-needed'
  if (practice) return 'practice'
  return given || machine?.windows?.elevated === true ? 'present' : 'asked'
}
