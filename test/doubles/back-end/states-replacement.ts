import type { InstallationView, ReplacementView } from '../../../electron/contract/views.ts'
import { useHandOver } from '../../../renderer/store/handover.ts'
import { useProof } from '../../../renderer/store/proof.ts'
import { useReplacement } from '../../../renderer/store/replacement.ts'
import { useReview } from '../../../renderer/store/review.ts'
import { useRun } from '../../../renderer/store/run.ts'
import { useScenario } from '../../../renderer/store/course.ts'
import { currentDraft, fillSlices } from '../../../renderer/store/slices.ts'
import { certificateOptions, currentLook, issued, protectedLook } from './sample-certificates.ts'
import {
  dockerFound,
  iisFound,
  installations,
  newLook,
  replacementAnswers,
  replacementDone,
  replacementHandOver,
  replacementPlan,
  replacementProof,
  replacementRun,
  unseenFound,
} from './sample-replacement.ts'
import { onWindows } from './sample-website.ts'
import { machine } from './samples.ts'
import { never, refuse, type Script } from './scripted.ts'
import { click, type State } from './state.ts'

const soon = (ms = 80) => new Promise((resolve) => setTimeout(resolve, ms))

const onServer = (known: readonly InstallationView[] = installations): Partial<Script> => ({
  'machine.look': () => ({ ...onWindows(machine), installations: known, interrupted: [] }),
  'plan.make': () => ({ plan: replacementPlan }),
  'proof.start': () => replacementProof,
  'handover.look': () => replacementHandOver,
  'certificate.current': () => newLook,
})

const found = (view: ReplacementView): Partial<Script> => ({
  ...onServer(),
  'replacement.look': () => view,
})

/** Everything answered, and the installation looked at. */
const answered = async () => {
  fillSlices(replacementAnswers)
  await useReplacement.getState().look(currentDraft())
  useReplacement.getState().change({ creatio: 'suggested' })
}

const asked = async () => {
  fillSlices(replacementAnswers)
  await useReplacement.getState().look(currentDraft())
  useReplacement.getState().change({ creatio: 'unsaid', creatioPool: '' })
}

const type = async (selector: string, value: string) => {
  const field = document.querySelector<HTMLInputElement>(selector)!
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await soon(20)
}

const lookAtFile = async () => {
  click('.tasks li:nth-child(7) button')
  await soon()
  await type('#look\\.file', issued.file)
  click('.dialog-actions button')
  await soon(200)
}

/** The replacement of a certificate, and certificates on the first page. */
export const replacementStates: Readonly<Record<string, State>> = {
  'start-certificates': { page: 'start', script: onServer() },
  'start-certificate-shown': {
    page: 'start',
    script: { ...onServer(), 'certificate.current': () => currentLook },
    after: async () => {
      click('.installation .menu-button')
      click('.installation .menu button')
      await soon()
    },
  },
  'start-certificate-file': {
    page: 'start',
    script: { ...onServer(), 'certificate.look': () => issued },
    after: lookAtFile,
  },
  'start-certificate-password': {
    page: 'start',
    script: { ...onServer(), 'certificate.look': () => protectedLook },
    after: lookAtFile,
  },
  replacement: {
    page: 'replacement',
    prepare: answered,
    script: found(iisFound),
    after: () => soon(400).then(() => undefined),
  },
  'replacement-none': {
    page: 'replacement',
    script: onServer(),
    prepare: () => useScenario.getState().choose('replace-certificate'),
    after: () => click('#next'),
  },
  'replacement-looking': {
    page: 'replacement',
    script: { ...onServer(), 'replacement.look': never },
    prepare: () => fillSlices(replacementAnswers),
    after: () => soon(400).then(() => undefined),
  },
  'replacement-unknown': {
    page: 'replacement',
    prepare: answered,
    script: found(unseenFound),
    after: () => soon(400).then(() => undefined),
  },
  'replacement-typed': {
    page: 'replacement',
    script: {
      ...onServer([]),
      'replacement.look': () =>
        refuse({
          code: 'installation.not-found',
          what: 'There is no Identity Service in D:\\Creatio.',
          where: { file: 'D:\\Creatio' },
          cause: 'appsettings.json with X509CertificatePath is missing.',
          next: 'Choose the folder that holds appsettings.json of the Identity Service.',
        }),
    },
    prepare: () => fillSlices({ ...replacementAnswers, installation: { target: 'D:\\Creatio' } }),
    after: async () => {
      await soon(400)
      click('#next')
    },
  },
  'replacement-docker': {
    page: 'replacement',
    script: found(dockerFound),
    prepare: () =>
      fillSlices({
        ...replacementAnswers,
        installation: { target: dockerFound.target, container: 'identity-test' },
      }),
    after: () => soon(400).then(() => undefined),
  },
  'certificate-replaced': {
    page: 'certificate',
    prepare: answered,
    script: { ...found(iisFound), 'certificate.options': () => certificateOptions },
  },
  restart: { page: 'restart', prepare: answered, script: found(iisFound) },
  'restart-asked': {
    page: 'restart',
    prepare: asked,
    script: found(iisFound),
    after: async () => {
      useReplacement.getState().change({ elsewhere: true })
      await soon(20)
      click('#next')
    },
  },
  'restart-docker': { page: 'restart', prepare: asked, script: found(dockerFound) },
  'review-replacement': {
    page: 'review',
    prepare: answered,
    script: found(iisFound),
    after: () => useReview.getState().select('write-certificate'),
  },
  'install-replacement': {
    page: 'install',
    prepare: async () => {
      await answered()
      useRun.setState({ view: replacementRun, since: Date.now() - replacementRun.elapsedMs })
    },
    script: found(iisFound),
  },
  'proof-replacement': {
    page: 'proof',
    prepare: async () => {
      await answered()
      await useProof.getState().run()
    },
    script: found(iisFound),
  },
  'finish-replacement': {
    page: 'finish',
    prepare: async () => {
      await answered()
      useRun.setState({ view: replacementDone })
      await useProof.getState().run()
      await useHandOver.getState().look()
    },
    script: found(iisFound),
  },
}
