import { beforeEach, describe, expect, it } from 'vitest'
import type { RunView } from '../../../electron/contract/run.ts'
import { bundleMayRun, useBundle } from '../../../renderer/store/bundle.ts'
import { useMachine } from '../../../renderer/store/machine.ts'
import { attentionOf, usePrerequisites } from '../../../renderer/store/prerequisites.ts'
import { rightsFor } from '../../../renderer/store/rights.ts'
import { resetSlices } from '../../../renderer/store/slices.ts'
import { taskDone, taskMoves, useTask } from '../../../renderer/store/task.ts'
import {
  allSound,
  bundleRefused,
  featuresOff,
  taskDone as doneView,
  taskTakenBack,
} from '../../doubles/back-end/sample-fixes.ts'
import { bundle, onWindows } from '../../doubles/back-end/sample-website.ts'
import { machine } from '../../doubles/back-end/samples.ts'
import { refuse, scriptedBackEnd, type Script } from '../../doubles/back-end/scripted.ts'

// The page makes its bridge at the first call and keeps it; this one passes each call on to the test's own.
let script: Partial<Script> = {}
const asked: { name: string; input: unknown }[] = []
globalThis.setup = {
  call: (name, input) => {
    asked.push({ name, input })
    return scriptedBackEnd(script).call(name, input)
  },
  onEvent: () => () => undefined,
}

const begin = {
  place: 'iis.features',
  label: 'Enable IIS features',
  task: { task: 'enable-iis-features' },
  practice: false,
  asks: true,
} as const

/** A task that ends when the test says so. */
function held(view: RunView) {
  let release = () => {}
  const until = new Promise<void>((resolve) => (release = resolve))
  script = { ...script, 'task.run': () => until.then(() => view) }
  return () => release()
}

beforeEach(() => {
  script = {}
  asked.length = 0
  useTask.setState(useTask.getInitialState(), true)
  useMachine.setState(useMachine.getInitialState(), true)
  resetSlices()
})

describe('a task behind a button', () => {
  it('runs one at a time', async () => {
    const end = held(doneView)
    const first = useTask.getState().run(begin)
    await useTask.getState().run({ ...begin, place: 'iis.module' })
    expect(asked.filter(({ name }) => name === 'task.run')).toHaveLength(1)
    end()
    await first
    expect(useTask.getState().current).toMatchObject({ place: 'iis.features', state: 'ended' })
  })

  it('is stopped by its own name, once', async () => {
    const end = held({ ...doneView, status: 'stopped' })
    const running = useTask.getState().run(begin)
    const { operation } = useTask.getState().current!
    await useTask.getState().stop()
    await useTask.getState().stop()
    expect(useTask.getState().current?.state).toBe('stopping')
    expect(asked.filter(({ name }) => name === 'operation.cancel')).toEqual([
      { name: 'operation.cancel', input: { operation } },
    ])
    end()
    await running
    expect(taskDone(useTask.getState().current!)).toBe(false)
  })

  it('is not taken off the page while it runs', async () => {
    const end = held(doneView)
    const running = useTask.getState().run(begin)
    resetSlices()
    expect(taskMoves(useTask.getState().current)).toBe(true)
    end()
    await running
    useTask.getState().dismiss()
    expect(useTask.getState().current).toBeUndefined()
  })

  it('has not done what it was for when it was taken back', async () => {
    script = { 'task.run': () => taskTakenBack }
    await useTask.getState().run(begin)
    expect(taskDone(useTask.getState().current!)).toBe(false)
  })

  it('remembers that Windows has given the rights, and not that it refused them', async () => {
    const problem = { code: 'elevation.refused', what: 'Refused.', next: 'Try again.' }
    script = { 'task.run': () => refuse(problem) }
    await useTask.getState().run(begin)
    expect(useTask.getState()).toMatchObject({ rightsGiven: false, current: { outcome: { problem } } })
    script = { 'task.run': () => doneView }
    await useTask.getState().run(begin)
    expect(useTask.getState().rightsGiven).toBe(true)
  })
})

describe('rights for a change of Windows', () => {
  const view = onWindows(machine)
  const wanting = { elevation: true, practice: false, machine: view, given: false }

  it('are asked for once, by Windows alone', () => {
    expect(rightsFor(wanting)).toBe('asked')
    expect(rightsFor({ ...wanting, machine: undefined })).toBe('asked')
    expect(rightsFor({ ...wanting, given: true })).toBe('present')
    expect(rightsFor({ ...wanting, machine: onWindows(machine, { elevated: true }) })).toBe('present')
    expect(rightsFor({ ...wanting, practice: true })).toBe('practice')
    expect(rightsFor({ ...wanting, elevation: false })).toBe('not-needed')
  })
})

describe('the installer of the hosting bundle', () => {
  const look = async (file: string) => {
    useBundle.getState().setFile(file)
    await useBundle.getState().look({})
  }

  it('may be run only when it was looked at, is trusted and not refused', async () => {
    useBundle.getState().setFile(bundle.file)
    expect(bundleMayRun(useBundle.getState())).toBe(false)
    await look(bundle.file)
    expect(bundleMayRun(useBundle.getState())).toBe(true)
    script = { 'bundle.look': () => bundleRefused }
    await look(bundleRefused.file)
    expect(bundleMayRun(useBundle.getState())).toBe(false)
    script = { 'bundle.look': () => ({ ...bundle, refused: 'It is not a hosting bundle of ASP.NET Core.' }) }
    await look('D:\\other.exe')
    expect(bundleMayRun(useBundle.getState())).toBe(false)
  })

  it('is forgotten with its name, also while the answer is under way', async () => {
    let release = () => {}
    const until = new Promise<void>((resolve) => (release = resolve))
    script = { 'bundle.look': () => until.then(() => bundle) }
    useBundle.getState().setFile(bundle.file)
    const looking = useBundle.getState().look({})
    useBundle.getState().setFile('D:\\typed-since.exe')
    release()
    await looking
    expect(useBundle.getState()).toMatchObject({ file: 'D:\\typed-since.exe', view: undefined })
  })
})

describe('the checks after a fix', () => {
  it('stay on the page until their new reports are there', async () => {
    script = { 'prerequisites.check': () => featuresOff }
    await usePrerequisites.getState().run({})
    let release = () => {}
    const until = new Promise<void>((resolve) => (release = resolve))
    script = { 'prerequisites.check': () => until.then(() => allSound) }
    const again = usePrerequisites.getState().runAgain({})
    const { operation, checkCame } = usePrerequisites.getState()
    checkCame(
      operation,
      allSound.find(({ id }) => id === 'iis.features')!,
    )
    expect(usePrerequisites.getState().checks.map(({ id }) => id)).toEqual(featuresOff.map(({ id }) => id))
    release()
    await again
    expect(usePrerequisites.getState().checks).toEqual(allSound)
  })

  it('keep the place of the one that was put right', () => {
    const ids = (fixed: string | undefined) => attentionOf(allSound, fixed).map(({ id }) => id)
    expect(ids(undefined)).toEqual([])
    expect(ids('iis.features')).toEqual(['iis.features'])
  })
})
