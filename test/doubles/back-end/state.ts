import { useFiles } from '../../../renderer/store/files.ts'
import { useProof } from '../../../renderer/store/proof.ts'
import { fillSlices } from '../../../renderer/store/slices.ts'
import type { PageId } from '../../../renderer/store/steps.ts'
import { useWebsite } from '../../../renderer/store/website.ts'
import { iisAnswers, onWindows } from './sample-website.ts'
import { answers, machine, practiceAnswers } from './samples.ts'
import type { Script } from './scripted.ts'

/** One picture's worth: a page, what the back end says, and what was typed before. */
export interface State {
  readonly page: PageId
  readonly script?: Partial<Script>
  /** Before the page is shown. */
  readonly prepare?: () => void | Promise<void>
  /** Once it is shown. */
  readonly after?: () => void | Promise<void>
}

/** Everything typed for Docker, and looked at. */
export const filled = async () => {
  fillSlices(answers)
  await useFiles.getState().lookAtSource()
  await useFiles.getState().lookAtCreatio()
}

/** As the first page begins a practice run. */
export const practice = async () => {
  fillSlices(practiceAnswers)
  await useFiles.getState().lookAtSource()
  await useFiles.getState().lookAtCreatio()
}

/** Everything typed for IIS. */
export const onIis = async () => {
  fillSlices(iisAnswers(answers))
  await useFiles.getState().lookAtSource()
  await useFiles.getState().lookAtCreatio()
}

/** As after New installation on a Windows server, with nothing typed on the page Website. */
export const newOnIis = async () => {
  await onIis()
  useWebsite.setState(useWebsite.getInitialState(), true)
}

export const windowsMachine: Partial<Script> = { 'machine.look': () => onWindows(machine) }

/** Installed, and every check passed. */
export const proven = async () => {
  await filled()
  await useProof.getState().run()
}

export const click = (selector: string) => document.querySelector<HTMLElement>(selector)?.click()
