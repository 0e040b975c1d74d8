import type { ClientChangeView } from '../../../electron/contract/client.ts'
import { useClientChange } from '../../../renderer/store/client-change.ts'
import { useClient } from '../../../renderer/store/client.ts'
import { useScenario } from '../../../renderer/store/course.ts'
import { useDatabase } from '../../../renderer/store/database.ts'
import { useFiles } from '../../../renderer/store/files.ts'
import { useHandOver } from '../../../renderer/store/handover.ts'
import { useProof } from '../../../renderer/store/proof.ts'
import { useReview } from '../../../renderer/store/review.ts'
import { useRun } from '../../../renderer/store/run.ts'
import { currentDraft, fillSlices } from '../../../renderer/store/slices.ts'
import { proofPassed } from './sample-checks.ts'
import {
  clientChangeAnswers,
  clientChangeDone,
  clientChangeHandOver,
  clientChangePlan,
  clientChangeRun,
  clientFound,
  clientsFound,
  databaseUnreached,
  settingsUnread,
} from './sample-client.ts'
import { contents } from './sample-database.ts'
import { installations } from './sample-replacement.ts'
import { onWindows } from './sample-website.ts'
import { answers, machine } from './samples.ts'
import { never, type Script } from './scripted.ts'
import { click, filled, practice, type State } from './state.ts'

const soon = (ms = 80) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** The database answers and was looked at, as Next on the page before has it. */
const tested = async () => {
  await filled()
  await useDatabase.getState().runTest(currentDraft())
}

const found = (view: ClientChangeView): Partial<Script> => ({
  'machine.look': () => ({ ...onWindows(machine), installations, interrupted: [] }),
  'client.look': () => view,
  'plan.make': () => ({ plan: clientChangePlan }),
  'proof.start': () => proofPassed,
  'handover.look': () => clientChangeHandOver,
})

const answered = async () => {
  fillSlices(clientChangeAnswers)
  await useClientChange.getState().look(currentDraft())
}

/** Chosen and looked at, with nothing typed yet. */
const chosen = async () => {
  fillSlices({ ...clientChangeAnswers, client: {} })
  await useClientChange.getState().look(currentDraft())
}

/** The system client of a new installation, and the change of a client. */
export const clientStates: Readonly<Record<string, State>> = {
  client: { page: 'client', prepare: filled },
  'client-copied': {
    page: 'client',
    prepare: async () => {
      await filled()
      await useClient.getState().generate('both')
    },
    after: () => {
      click('[aria-label="Show client secret"]')
      click('[aria-label="Copy Client secret"]')
    },
  },
  'client-short': {
    page: 'client',
    prepare: async () => {
      await filled()
      useClient.getState().change({ id: 'short' })
    },
    after: () => click('#next'),
  },
  'client-kept': {
    page: 'client',
    prepare: async () => {
      await practice()
      await useFiles.getState().lookAtTarget()
    },
    script: {
      'target.look': () => ({
        state: 'same',
        evidence: ['Installed on 20 November 2026'],
        freeBytes: 41_200_000_000,
      }),
    },
  },
  'client-differs': {
    page: 'client',
    prepare: tested,
    script: { 'database.look': () => contents['client-differs'] },
    after: () => click('#next'),
  },
  'client-reused': {
    page: 'client',
    prepare: tested,
    script: { 'database.look': () => contents.reuse },
  },
  'client-scopes': {
    page: 'client',
    prepare: async () => {
      fillSlices({ ...answers, client: { ...answers.client, scopes: ['openid'] } })
      useClient.getState().openTab('scopes')
    },
  },
  'client-grants': {
    page: 'client',
    prepare: async () => {
      fillSlices({ ...answers, client: { ...answers.client, grantTypes: ['authorization_code'] } })
      useClient.getState().openTab('grants')
    },
  },
  'client-service': {
    page: 'client-service',
    prepare: chosen,
    script: found(clientFound),
    after: () => soon(400),
  },
  'client-service-none': {
    page: 'client-service',
    script: found(clientFound),
    prepare: () => useScenario.getState().choose('change-client'),
    after: () => click('#next'),
  },
  'client-service-looking': {
    page: 'client-service',
    script: { ...found(clientFound), 'client.look': never },
    prepare: () => fillSlices(clientChangeAnswers),
    after: () => soon(400),
  },
  'client-service-several': {
    page: 'client-service',
    prepare: chosen,
    script: found(clientsFound),
    after: () => soon(400),
  },
  'client-service-unreached': {
    page: 'client-service',
    prepare: chosen,
    script: found(databaseUnreached),
    after: () => soon(400),
  },
  'client-service-unread': {
    page: 'client-service',
    prepare: chosen,
    script: found(settingsUnread),
    after: () => soon(400),
  },
  'new-client': { page: 'new-client', prepare: answered, script: found(clientFound) },
  'new-client-empty': {
    page: 'new-client',
    prepare: chosen,
    script: found(clientFound),
    after: () => click('#next'),
  },
  'new-client-scopes': {
    page: 'new-client',
    prepare: async () => {
      await answered()
      useClientChange.getState().openTab('scopes')
    },
    script: found(clientFound),
  },
  'new-client-grants': {
    page: 'new-client',
    prepare: async () => {
      await chosen()
      useClientChange.getState().openTab('grants')
      useClientChange.getState().change({ grantTypes: ['authorization_code'] })
    },
    script: found(clientsFound),
  },
  'new-client-unread': { page: 'new-client', prepare: answered, script: found(settingsUnread) },
  'review-client': {
    page: 'review',
    prepare: answered,
    script: found(clientFound),
    after: () => useReview.getState().select('remove-client'),
  },
  'install-client': {
    page: 'install',
    prepare: async () => {
      await answered()
      useRun.setState({ view: clientChangeRun, since: Date.now() - clientChangeRun.elapsedMs })
    },
    script: found(clientFound),
  },
  'connect-client': {
    page: 'connect',
    prepare: async () => {
      await answered()
      await useHandOver.getState().look()
    },
    script: found(clientFound),
  },
  'finish-client': {
    page: 'finish',
    prepare: async () => {
      await answered()
      useRun.setState({ view: clientChangeDone })
      await useProof.getState().run()
      await useHandOver.getState().look()
    },
    script: found(clientFound),
  },
}
