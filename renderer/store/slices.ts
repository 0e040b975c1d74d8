import type { SetupAnswers } from '../../electron/contract/answers.ts'
import { forgetReplies } from '../latest.ts'
import { useBundle } from './bundle.ts'
import { useCertificate } from './certificate.ts'
import { useClientChange } from './client-change.ts'
import { useClient } from './client.ts'
import { useContainer } from './container.ts'
import { useScenario } from './course.ts'
import { useDatabase } from './database.ts'
import { toDraft, type Slices } from './draft.ts'
import { useFaults } from './faults.ts'
import { useFiles } from './files.ts'
import { fromAnswers } from './fill.ts'
import type { Draft } from './given.ts'
import { useHandOver } from './handover.ts'
import { useHosting } from './hosting.ts'
import { useLogging } from './logging.ts'
import { usePrerequisites } from './prerequisites.ts'
import { useProof } from './proof.ts'
import { useReplacement } from './replacement.ts'
import { useReview } from './review.ts'
import { useRun } from './run.ts'
import { useTask } from './task.ts'
import { useWebsite } from './website.ts'

/** What a page held goes back to how it began. */
const resets = [
  () => useScenario.setState(useScenario.getInitialState(), true),
  () => useFiles.setState(useFiles.getInitialState(), true),
  () => useHosting.setState(useHosting.getInitialState(), true),
  () => usePrerequisites.setState(usePrerequisites.getInitialState(), true),
  () => useBundle.setState(useBundle.getInitialState(), true),
  () => useTask.getState().dismiss(),
  () => useDatabase.setState(useDatabase.getInitialState(), true),
  () => useClient.setState(useClient.getInitialState(), true),
  () => useCertificate.setState(useCertificate.getInitialState(), true),
  () => useContainer.setState(useContainer.getInitialState(), true),
  () => useWebsite.setState(useWebsite.getInitialState(), true),
  () => useLogging.setState(useLogging.getInitialState(), true),
  () => useReplacement.setState(useReplacement.getInitialState(), true),
  () => useClientChange.setState(useClientChange.getInitialState(), true),
]

/** The same for what came of a run. */
const runResets = [
  () => useReview.setState(useReview.getInitialState(), true),
  () => useRun.setState(useRun.getInitialState(), true),
  () => useProof.setState(useProof.getInitialState(), true),
  () => useHandOver.setState(useHandOver.getInitialState(), true),
]

/** Everything typed so far. */
export function readSlices(): Slices {
  return {
    scenario: useScenario.getState().scenario,
    files: useFiles.getState(),
    hosting: useHosting.getState(),
    database: useDatabase.getState(),
    client: useClient.getState(),
    certificate: useCertificate.getState(),
    container: useContainer.getState(),
    website: useWebsite.getState(),
    logging: useLogging.getState(),
    replacement: useReplacement.getState(),
    clientChange: useClientChange.getState(),
  }
}

export const currentDraft = (): Draft => toDraft(readSlices())

/** Only what was typed or chosen: what Cancel would lose, and what may serve another installation. */
export function typedDraft(): Draft {
  const slices = readSlices()
  return toDraft({
    ...slices,
    replacement: { ...slices.replacement, found: '' },
    clientChange: { ...slices.clientChange, foundRow: undefined },
  })
}

/** Empties every page, before another setup begins. */
export function resetSlices(): void {
  forgetReplies()
  for (const reset of resets) reset()
  forgetRun()
  useFaults.getState().clear()
}

/** What is typed stays; what came of it is forgotten. */
export function forgetRun(): void {
  for (const reset of runResets) reset()
}

/** Fills every page; what was found or tested before is forgotten with the old values. */
export function fillSlices(answers: SetupAnswers): void {
  resetSlices()
  const data = fromAnswers(answers)
  useScenario.setState({ scenario: data.scenario })
  useFiles.setState({ ...data.files, targetTyped: true })
  useHosting.setState(data.hosting)
  useDatabase.setState(data.database)
  useClient.setState(data.client)
  useCertificate.setState(data.certificate)
  useContainer.setState(data.container)
  useWebsite.setState(data.website)
  useLogging.setState(data.logging)
  useReplacement.setState(data.replacement)
  useClientChange.setState(data.clientChange)
}
