import { describe, expect, it } from 'vitest'
import type { HostView } from '../../../electron/contract/views.ts'
import { hasWindows, hostingOfRun } from '../../../renderer/store/hosting.ts'
import { runRunning } from '../../doubles/back-end/sample-runs.ts'
import { machine } from '../../doubles/back-end/samples.ts'
import { onWindows } from '../../doubles/back-end/sample-website.ts'

const host = (platform: string): HostView => ({
  host: 'browser',
  version: '',
  platform,
  dialogs: false,
  pdf: false,
})

describe('hosting', () => {
  it('knows Windows by the machine, and by the door until the machine was looked at', () => {
    expect(hasWindows(machine, host('win32'))).toBe(false)
    expect(hasWindows(onWindows(machine), host('linux'))).toBe(true)
    expect(hasWindows(undefined, host('win32'))).toBe(true)
    expect(hasWindows(undefined, host('linux'))).toBe(false)
  })

  it('is read from a run that this page did not start', () => {
    expect(hostingOfRun(runRunning)).toEqual({ hosting: 'docker', practice: false })
    const steps = runRunning.steps.filter(({ group }) => group !== 'container')
    expect(hostingOfRun({ ...runRunning, steps, practice: true })).toEqual({ hosting: 'iis', practice: true })
  })
})
