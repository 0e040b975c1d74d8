import { create } from 'zustand'
import type { RunView } from '../../electron/contract/run.ts'
import { messages } from '../messages/index.ts'
import { hostingOfRun, useHosting } from './hosting.ts'
import type { ScenarioId, StepId } from './scenarios.ts'
import type { Course } from './steps.ts'

interface ScenarioState {
  readonly scenario: ScenarioId
  choose(scenario: ScenarioId): void
}

/** What the installer has come for. */
export const useScenario = create<ScenarioState>((set) => ({
  scenario: 'new-installation',
  choose: (scenario) => set({ scenario }),
}))

export const currentCourse = (): Course => ({
  scenario: useScenario.getState().scenario,
  hosting: useHosting.getState().hosting,
})

export function useCourse(): Course {
  const scenario = useScenario((state) => state.scenario)
  const hosting = useHosting((state) => state.hosting)
  return { scenario, hosting }
}

/** What the pages say in this scenario and in no other. */
export const useWords = () => messages.scenarios[useScenario((state) => state.scenario)]

/** What a page is called in the step list. */
export const stepName = (scenario: ScenarioId, step: StepId): string =>
  messages.scenarios[scenario].steps[step] ?? messages.frame.steps[step]

/** Steps that only one scenario has. */
const ownSteps: readonly (readonly [step: string, scenario: ScenarioId])[] = [
  ['take-up-certificate', 'replace-certificate'],
  ['take-up-client', 'change-client'],
]

const scenarioOfRun = ({ steps }: RunView): ScenarioId =>
  ownSteps.find(([own]) => steps.some(({ id }) => id === own))?.[1] ?? 'new-installation'

/** Fits the step list to a run that this page did not start. */
export function adoptRun(view: RunView): void {
  useScenario.getState().choose(scenarioOfRun(view))
  useHosting.setState(hostingOfRun(view))
}
