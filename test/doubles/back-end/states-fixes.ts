import { useBundle } from '../../../renderer/store/bundle.ts'
import { useTask } from '../../../renderer/store/task.ts'
import { useWorking } from '../../../renderer/store/working.ts'
import {
  allSound,
  bundleRefused,
  featuresOff,
  runtimeMissing,
  taskDone,
  taskTakenBack,
} from './sample-fixes.ts'
import { never, refuse, type Script } from './scripted.ts'
import { click, onIis, windowsMachine, type State } from './state.ts'

const soon = (ms = 60) => new Promise((resolve) => setTimeout(resolve, ms))
const page = { page: 'prerequisites', prepare: onIis } as const
const offScript: Partial<Script> = { ...windowsMachine, 'prerequisites.check': () => featuresOff }
const missingScript: Partial<Script> = { ...windowsMachine, 'prerequisites.check': () => runtimeMissing }

/** Presses the fix's button, and the one of the dialog that asks first. */
const fix = async () => {
  click('.fix-act button')
  await soon()
  click('.dialog-actions button:not(.primary)')
  await soon()
}

const choose = async (file: string) => {
  useBundle.getState().setFile(file)
  await useBundle.getState().look({})
}

const missing = { ...page, script: missingScript }
const off = { ...page, script: offScript }

/** The page Prerequisites with what this program can do about it. */
export const fixStates: Readonly<Record<string, State>> = {
  'fix-offered': off,
  'fix-confirm': { ...off, after: () => click('.fix-act button') },
  'fix-asking': { ...page, script: { ...offScript, 'task.run': never }, after: fix },
  'fix-running': {
    ...page,
    script: { ...offScript, 'task.run': never },
    after: async () => {
      await fix()
      const { current } = useTask.getState()
      useTask.setState({ current: { ...current!, since: Date.now() - 72_000 } })
      useWorking.getState().textCame(current!.operation, 'Enabling features: 46.0 %')
    },
  },
  'fix-done': {
    ...page,
    script: {
      ...windowsMachine,
      'prerequisites.check': () => (useTask.getState().current === undefined ? featuresOff : allSound),
      'task.run': () => taskDone,
    },
    after: fix,
  },
  'fix-taken-back': { ...page, script: { ...offScript, 'task.run': () => taskTakenBack }, after: fix },
  'fix-refused': {
    ...page,
    script: {
      ...offScript,
      'task.run': () =>
        refuse({
          code: 'elevation.refused',
          what: 'The full rights of an administrator were not given.',
          cause: 'The prompt of User Account Control was refused, or a policy refuses it.',
          next: 'Try again and choose Yes, or start this program as an administrator.',
          untouched: 'Nothing was changed.',
        }),
    },
    after: fix,
  },
  'bundle-none': { ...missing, after: () => click('.fix-act button') },
  'bundle-trusted': { ...missing, after: () => choose('D:\\dotnet-hosting-8.0.22-win.exe') },
  'bundle-untrusted': {
    ...page,
    script: { ...missingScript, 'bundle.look': () => bundleRefused },
    after: async () => {
      await choose(bundleRefused.file)
      click('.fix-act button')
    },
  },
}
