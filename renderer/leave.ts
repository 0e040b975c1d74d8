import { goTo, wouldLose } from './navigate.ts'
import { isCommitted } from './store/steps.ts'
import { resetSlices } from './store/slices.ts'
import { useWizard } from './store/wizard.ts'

/** Cancel: asks only when something typed would be lost. */
export function askToLeave(): void {
  if (isCommitted(useWizard.getState().page)) return
  if (wouldLose()) useWizard.getState().openCancel(true)
  else void leave()
}

/** Back to the first page, with every page empty again. */
export async function leave(): Promise<void> {
  await goTo('start')
  resetSlices()
  useWizard.getState().end()
}
