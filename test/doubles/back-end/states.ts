import { useConnection } from '../../../renderer/store/connection.ts'
import { useContainer } from '../../../renderer/store/container.ts'
import { useDatabase } from '../../../renderer/store/database.ts'
import { useFiles } from '../../../renderer/store/files.ts'
import { usePrerequisites } from '../../../renderer/store/prerequisites.ts'
import { useProof } from '../../../renderer/store/proof.ts'
import { useReview } from '../../../renderer/store/review.ts'
import { useRun } from '../../../renderer/store/run.ts'
import { fillSlices } from '../../../renderer/store/slices.ts'
import { useWizard } from '../../../renderer/store/wizard.ts'
import { prerequisitesPassed, proofFailed, proofWarned } from './sample-checks.ts'
import { runFailed, runRunning, runUndoFailed, runUndone } from './sample-runs.ts'
import { answers, machine } from './samples.ts'
import { click, filled, practice, proven, type State } from './state.ts'
import { certificateStates } from './states-certificate.ts'
import { clientStates } from './states-client.ts'
import { databaseStates } from './states-database.ts'
import { elevationStates } from './states-elevation.ts'
import { fixStates } from './states-fixes.ts'
import { installedStates } from './states-installed.ts'
import { iisStates } from './states-iis.ts'
import { replacementStates } from './states-replacement.ts'
import { never, refuse } from './scripted.ts'

const missing = [
  {
    code: 'answers.invalid',
    what: 'The database server is missing.',
    where: { path: 'database.server' },
    next: 'Enter the database server.',
  },
  {
    code: 'answers.invalid',
    what: 'The HTTP port 80900 is not a port.',
    where: { path: 'container.httpPort' },
    next: 'Enter a port from 1 to 65535.',
  },
]

const badArchive = {
  code: 'archive.not-the-service',
  what: 'This archive holds no Identity Service.',
  where: { file: '/media/creatio-8.3.2/Creatio.zip' },
  cause: 'IdentityService.dll and appsettings.json are missing at its root.',
  next: 'Choose IdentityService.zip from the Creatio delivery.',
  untouched: 'Nothing was unpacked.',
}

export const states: Readonly<Record<string, State>> = {
  ...iisStates,
  ...fixStates,
  ...elevationStates,
  ...installedStates,
  ...replacementStates,
  ...clientStates,
  ...certificateStates,
  ...databaseStates,
  start: { page: 'start' },
  'start-empty': {
    page: 'start',
    script: { 'machine.look': () => ({ ...machine, installations: [], interrupted: [] }) },
  },
  'start-looking': { page: 'start', script: { 'machine.look': never } },
  'start-checked': { page: 'start', after: () => click('.installation button') },
  'start-discard': {
    page: 'start',
    after: () => {
      click('.menu-button')
      click('.menu button')
    },
  },
  files: { page: 'files', prepare: filled },
  'files-empty': { page: 'files', after: () => click('#next') },
  'files-refused': {
    page: 'files',
    script: { 'service.look': () => refuse(badArchive) },
    prepare: async () => {
      fillSlices({ ...answers, service: { source: badArchive.where.file, target: '' } })
      await useFiles.getState().lookAtSource()
    },
    after: () => click('#next'),
  },
  hosting: { page: 'hosting', prepare: filled },
  'hosting-no-docker': {
    page: 'hosting',
    prepare: filled,
    script: {
      'machine.look': () => ({
        ...machine,
        docker: {
          usable: false,
          summary: 'No docker or podman command',
          problem: {
            code: 'docker.no-client',
            what: 'No Docker was found on this server.',
            next: 'Install Docker or Podman, or take a practice run.',
          },
        },
      }),
    },
  },
  prerequisites: { page: 'prerequisites', prepare: filled },
  'prerequisites-passed': {
    page: 'prerequisites',
    prepare: filled,
    script: { 'prerequisites.check': () => prerequisitesPassed },
  },
  'prerequisites-running': {
    page: 'prerequisites',
    prepare: filled,
    script: { 'prerequisites.check': never },
    after: () => {
      const { operation, checkCame } = usePrerequisites.getState()
      for (const check of prerequisitesPassed.slice(0, 4)) checkCame(operation, check)
    },
  },
  certificate: { page: 'certificate', prepare: filled },
  container: { page: 'container', prepare: filled },
  'container-unsafe': {
    page: 'container',
    prepare: async () => {
      await filled()
      useContainer.getState().change({ settings: 'dockerfile-env', https: true })
      useDatabase.getState().change({ server: 'localhost' })
    },
    after: () => click('#next'),
  },
  logging: { page: 'logging', prepare: filled },
  review: { page: 'review', prepare: filled },
  'review-commands': {
    page: 'review',
    prepare: filled,
    after: () => useReview.getState().openTab('commands'),
  },
  'review-making': { page: 'review', prepare: filled, script: { 'plan.make': never } },
  'review-missing': {
    page: 'review',
    prepare: filled,
    script: { 'plan.make': () => ({ problems: missing }) },
  },
  install: {
    page: 'install',
    prepare: async () => {
      await filled()
      useRun.setState({ view: runRunning, since: Date.now() - runRunning.elapsedMs })
    },
  },
  'install-practice': {
    page: 'install',
    prepare: async () => {
      await practice()
      useRun.setState({ view: { ...runRunning, practice: true }, since: Date.now() - runRunning.elapsedMs })
    },
  },
  'install-failed': {
    page: 'install',
    prepare: async () => {
      await filled()
      useRun.setState({ view: runFailed })
    },
  },
  'install-undo-failed': {
    page: 'install',
    prepare: async () => {
      await filled()
      useRun.setState({ view: runUndoFailed })
    },
  },
  'install-stopping': {
    page: 'install',
    prepare: async () => {
      await filled()
      useRun.setState({ view: { ...runRunning, status: 'stopping' }, since: Date.now() - 45_000 })
    },
  },
  'install-undone': {
    page: 'install',
    prepare: async () => {
      await filled()
      useRun.setState({ view: runUndone })
    },
  },
  'install-bundle': {
    page: 'install',
    prepare: async () => {
      await filled()
      useRun.setState({ view: runFailed })
    },
    after: () => click('.footer-note button'),
  },
  proof: { page: 'proof', prepare: proven, after: () => useProof.getState().select('proof.key') },
  'proof-running': { page: 'proof', prepare: filled, script: { 'proof.start': never } },
  'proof-warned': {
    page: 'proof',
    prepare: proven,
    script: { 'proof.start': () => proofWarned },
    after: () => useProof.getState().select('proof.token'),
  },
  'proof-failed': { page: 'proof', prepare: proven, script: { 'proof.start': () => proofFailed } },
  connect: { page: 'connect', prepare: proven },
  'connect-practice': {
    page: 'connect',
    prepare: async () => {
      await practice()
      await useProof.getState().run()
    },
  },
  finish: { page: 'finish', prepare: proven },
  'finish-failed': { page: 'finish', prepare: proven, script: { 'proof.start': () => proofFailed } },
  cancel: {
    page: 'certificate',
    prepare: filled,
    after: () => useWizard.getState().openCancel(true),
  },
  'host-gone': {
    page: 'certificate',
    prepare: filled,
    after: () => useConnection.getState().lost(),
  },
}
