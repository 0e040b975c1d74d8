import type { StepState } from '../contract/run.ts'
import type { Machine } from '../machine/machine.ts'
import type { Journal, UndoEntry } from './journal.ts'
import type { StepContext, StepRegistry } from './step.ts'

export interface UndoListener {
  context(step: string): StepContext
  /** The step's input where the plan is at hand. */
  input(entry: UndoEntry): unknown
  state(step: string, state: StepState): void
  failed(step: string, error: unknown): void
}

/**
 * Takes back every effect in the journal that is not taken back yet, in reverse order; what has to wait for the rest
 * is settled after it, in the same order, and what needs the others settled at the very end. One that fails is reported
 * and stays in the journal for another try, with what was settled without it; the others are still taken back.
 */
export async function undoAll(
  journal: Journal,
  registry: StepRegistry,
  machine: Machine,
  listener: UndoListener,
): Promise<void> {
  const entries = journal.undoEntries()
  const left = new Map<string, number>()
  for (const { step } of entries) left.set(step, (left.get(step) ?? 0) + 1)
  const failed = new Set<string>()
  const settling: UndoEntry[] = []
  const take = async (entry: UndoEntry, part: 'undo' | 'settle'): Promise<void> => {
    const context = listener.context(entry.step)
    listener.state(entry.step, 'undoing')
    try {
      const step = registry.find(entry.kind)
      const said = (await step[part]?.(entry.record, context, listener.input(entry))) ?? ''
      if (said !== '') context.log(said)
      if (part === 'undo' && step.settle) return void settling.push(entry)
      // What has read files that are not all back stays in the journal, to be settled once more with them.
      if (part === 'undo' || failed.size === 0)
        await journal.add({ type: 'undone', at: machine.clock.now().toISOString(), index: entry.index })
    } catch (error) {
      failed.add(entry.step)
      listener.failed(entry.step, error)
    }
    const open = (left.get(entry.step) ?? 1) - 1
    left.set(entry.step, open)
    if (failed.has(entry.step)) listener.state(entry.step, 'undo-failed')
    else if (open === 0) listener.state(entry.step, 'undone')
  }
  for (const entry of entries) await take(entry, 'undo')
  const isLast = ({ kind }: UndoEntry) => registry.find(kind).settlesLast === true
  for (const entry of settling.filter((each) => !isLast(each))) await take(entry, 'settle')
  for (const entry of settling.filter(isLast)) await take(entry, 'settle')
}
