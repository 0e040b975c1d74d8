import type { InstallationView, WindowsView } from '../../../electron/contract/views.ts'
import { useProof } from '../../../renderer/store/proof.ts'
import { useRun } from '../../../renderer/store/run.ts'
import { currentDraft } from '../../../renderer/store/slices.ts'
import { useTask } from '../../../renderer/store/task.ts'
import { useWebsite } from '../../../renderer/store/website.ts'
import { useWorking } from '../../../renderer/store/working.ts'
import { taskDone } from './sample-fixes.ts'
import { iisHandOver, iisInstallation, iisRunFailed } from './sample-iis-run.ts'
import { onWindows } from './sample-website.ts'
import { machine } from './samples.ts'
import { never, type Script } from './scripted.ts'
import { click, onIis, windowsMachine, type State } from './state.ts'

const soon = (ms = 80) => new Promise((resolve) => setTimeout(resolve, ms))

const quiet: InstallationView = {
  ...iisInstallation,
  id: '7b11c0de4f20',
  name: 'IdentityServiceTest',
  publicUrl: 'http://app01.corp.example:8091',
  target: 'C:\\IdentityServiceTest',
  stdoutLog: false,
  certificateEnds: '2026-12-10T00:00:00Z',
  certificateDaysLeft: 19,
}

const practised: InstallationView = {
  ...iisInstallation,
  id: 'c3d90a1b55e2',
  name: 'Practice',
  practice: true,
  stdoutLog: false,
  publicUrl: 'https://localhost:8444',
  target: 'C:\\Users\\a.martin\\AppData\\Local\\identity-service-setup\\practice\\IdentityService',
}

const has =
  (installations: readonly InstallationView[], windows: Partial<WindowsView> = {}): Script['machine.look'] =>
  () => ({ ...onWindows(machine, windows), installations, interrupted: [] })

const switchOff = async () => {
  click('.installation-note button')
  await soon()
  click('.dialog-actions button:not(.primary)')
  await soon()
}

const installed = async () => {
  await onIis()
  await useWebsite.getState().look(currentDraft())
  await useProof.getState().run()
}

const start = { page: 'start', script: { 'machine.look': has([iisInstallation, quiet]) } } as const

/** What was installed under IIS, or was not. */
export const installedStates: Readonly<Record<string, State>> = {
  'start-iis': start,
  'start-iis-practice': {
    page: 'start',
    script: { 'machine.look': has([practised], { pendingRestart: true, elevated: true }) },
  },
  'start-iis-menu': { ...start, after: () => click('.installation .menu-button') },
  'start-iis-switching': {
    ...start,
    script: { ...start.script, 'task.run': never },
    after: async () => {
      await switchOff()
      const { current } = useTask.getState()
      useTask.setState({ current: { ...current!, since: Date.now() - 9000 } })
      useWorking.getState().textCame(current!.operation, 'Restart the service')
    },
  },
  'start-iis-switched': {
    page: 'start',
    script: {
      'machine.look': () =>
        has(
          useTask.getState().current === undefined
            ? [iisInstallation, quiet]
            : [{ ...iisInstallation, stdoutLog: false }, quiet],
        )({}, () => undefined),
      'task.run': () => ({ ...taskDone, title: 'Switch logging off', elapsedMs: 14_300 }),
    },
    after: switchOff,
  },
  'install-failed-iis': {
    page: 'install',
    script: windowsMachine,
    prepare: async () => {
      await onIis()
      useRun.setState({ view: iisRunFailed })
    },
  },
  'finish-iis': {
    page: 'finish',
    prepare: async () => {
      await installed()
      useWebsite.getState().change({ certificate: 'self-signed' })
    },
    script: { ...windowsMachine, 'handover.look': () => iisHandOver },
  },
  'finish-iis-store': {
    page: 'finish',
    prepare: installed,
    script: {
      ...windowsMachine,
      'handover.look': () => ({ ...iisHandOver, installation: { ...iisInstallation, stdoutLog: false } }),
    },
  },
}
