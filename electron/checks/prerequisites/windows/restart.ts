import { pendingRestart } from '../../../windows/system.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const restartCheck: Check<PrerequisiteSubject> = {
  id: 'windows.restart',
  title: 'Pending restart',
  why: 'Features and bundles that wait for a restart behave as if they were not there.',

  async look({ machine }) {
    const { pending, reasons } = await pendingRestart(machine)
    if (!pending) return { status: 'passed', summary: 'No restart is pending.' }
    return {
      status: 'warning',
      summary: 'Windows waits for a restart.',
      evidence: [{ label: 'Because of', value: reasons.join('\n') }],
      remedy: { text: 'Restart the server before the setup, if its other services allow it.' },
    }
  },
}
