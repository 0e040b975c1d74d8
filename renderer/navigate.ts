import { currentCourse } from './store/course.ts'
import { typedDraft } from './store/slices.ts'
import { useFaults, type Fault } from './store/faults.ts'
import { useWizard, type Origin } from './store/wizard.ts'
import { isCommitted, neighbour, type PageId } from './store/steps.ts'
import { loadPage } from './pages/registry.ts'
import { settled } from './pending.ts'

/** Shows a page once its code is there. Not React.lazy: that holds its fallback for 300 ms at each first visit. */
export async function goTo(page: PageId): Promise<void> {
  await loadPage(page)
  useFaults.getState().press([])
  useWizard.getState().show(page)
}

export const goBack = (): Promise<void> => goTo(neighbour(currentCourse(), useWizard.getState().page, -1))

/**
 * What Next does: leaves the field (which may put a secret or look at a folder), waits for that, asks the page what
 * is wrong, and goes on only if nothing is. It never changes the machine.
 */
export async function goNext(check: () => readonly Fault[] | Promise<readonly Fault[]>): Promise<void> {
  const from = useWizard.getState().page
  if (!(await leavePage(check))) return
  // A check takes its time: pressed twice it goes on once, and after Back or a step of the list not at all.
  if (useWizard.getState().page !== from) return
  await goTo(neighbour(currentCourse(), from, 1))
}

/** Whether the page can be left; if not, its faults are shown and the summary takes the focus. */
async function leavePage(check: () => readonly Fault[] | Promise<readonly Fault[]>): Promise<boolean> {
  // A key press leaves the focus where it is.
  const field = document.activeElement
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.blur()
  await settled()
  const faults = await check()
  useFaults.getState().press(faults)
  return faults.length === 0
}

/** Remembers how a setup began, so that Cancel knows whether something would be lost. */
export function beginSetup(origin: Origin): void {
  useWizard.getState().begin(origin, JSON.stringify(typedDraft()))
}

/** Whether leaving now would lose something typed. After Install nothing typed can be lost. */
export function wouldLose(): boolean {
  const { page, begunWith } = useWizard.getState()
  return page !== 'start' && !isCommitted(page) && JSON.stringify(typedDraft()) !== begunWith
}
