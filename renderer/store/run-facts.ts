import type { RunView, StepProgress } from '../../electron/contract/run.ts'

/** The step that runs, is being taken back, or failed. */
export const currentStep = (view: RunView): StepProgress | undefined =>
  view.steps.find((step) => step.state === 'running' || step.state === 'undoing') ??
  view.steps.find((step) => step.state === 'failed' || step.state === 'undo-failed')

export const doneSteps = (view: RunView): number =>
  view.steps.filter((step) => step.state === 'done' || step.state === 'as-wanted').length

/** Steps that rolling back would take back: those that changed something, or could not be taken back before. */
export const undoableSteps = (view: RunView): number =>
  view.steps.filter((step) => step.state === 'done' || step.state === 'undo-failed').length
