import type { SetupAnswers } from '../electron/contract/answers.ts'
import type { InstallationView } from '../electron/contract/views.ts'
import { beginSetup, goTo } from './navigate.ts'
import { useClientChange } from './store/client-change.ts'
import { currentCourse, useScenario } from './store/course.ts'
import { hasWindows, useHosting } from './store/hosting.ts'
import type { InstallationChoice } from './store/installation-choice.ts'
import { useMachine } from './store/machine.ts'
import { useReplacement } from './store/replacement.ts'
import type { ScenarioId } from './store/scenarios.ts'
import { fillSlices, forgetRun, resetSlices } from './store/slices.ts'
import { neighbour } from './store/steps.ts'
import { useWizard } from './store/wizard.ts'

const goToFirst = (): Promise<void> => goTo(neighbour(currentCourse(), 'start', 1))

/** Back from the first step keeps what was typed there; only a setup of another kind gives way. */
function beginEmpty(scenario: ScenarioId, prepare: () => void): void {
  if (useWizard.getState().origin === 'new' && useScenario.getState().scenario === scenario) return
  resetSlices()
  useScenario.getState().choose(scenario)
  prepare()
  beginSetup('new')
}

export async function beginInstallation(): Promise<void> {
  const { view, host } = useMachine.getState()
  beginEmpty('new-installation', () =>
    useHosting.getState().choose(hasWindows(view, host) ? 'iis' : 'docker'),
  )
  await goToFirst()
}

export const beginReplacement = (wanted?: InstallationView): Promise<void> =>
  beginFor('replace-certificate', useReplacement.getState, wanted)

export const beginClientChange = (wanted?: InstallationView): Promise<void> =>
  beginFor('change-client', useClientChange.getState, wanted)

/** Without an installation the page asks for it; the only one there is need not be asked for. */
async function beginFor(
  scenario: ScenarioId,
  choice: () => Pick<InstallationChoice, 'choose'>,
  wanted: InstallationView | undefined,
): Promise<void> {
  const installations = useMachine.getState().view?.installations ?? []
  const first = wanted ?? (installations.length === 1 ? installations[0] : undefined)
  beginEmpty(scenario, () => {
    if (first) choice().choose(first)
  })
  if (wanted) choice().choose(wanted)
  await goToFirst()
}

/** Goes on with answers from a file, an interrupted setup or the practice run. */
export async function beginWith(answers: SetupAnswers): Promise<void> {
  fillSlices(answers)
  beginSetup('answers')
  await goToFirst()
}

/** The same answers for another installation: only what belongs to the former one is asked for again. */
export async function replaceElsewhere(): Promise<void> {
  forgetRun()
  useReplacement.setState(useReplacement.getInitialState(), true)
  useHosting.setState({ practice: false })
  beginSetup('answers')
  await goToFirst()
}
