import { describe, expect, it } from 'vitest'
import { evidenceText } from '../../../renderer/components/evidence.tsx'
import { loggingChoices } from '../../../renderer/pages/start-logging.tsx'
import { iisInstallation, iisRunFailed } from '../../doubles/back-end/sample-iis-run.ts'

describe('evidence to copy', () => {
  it('holds every label and every word, after what it is about', () => {
    const { evidence } = iisRunFailed.failure!.diagnosis!
    const text = evidenceText(evidence, 'The service ends while it is starting.')
    expect(text.startsWith('The service ends while it is starting.\n\nHTTP status:\n500.30\n\n')).toBe(true)
    for (const { label, value } of evidence) expect(text).toContain(`${label}:\n${value}`)
  })
})

describe('the log of an installation', () => {
  it('is offered the other way round', () => {
    expect(loggingChoices({ ...iisInstallation, stdoutLog: true })).toEqual([false])
    expect(loggingChoices({ ...iisInstallation, stdoutLog: false })).toEqual([true])
  })

  it('is offered both ways where only an administrator may look', () => {
    const { stdoutLog: _stdoutLog, ...unseen } = iisInstallation
    expect(loggingChoices(unseen)).toEqual([true, false])
  })

  it('is left to the engine in a container', () => {
    expect(loggingChoices({ ...iisInstallation, hosting: 'docker' })).toEqual([])
  })
})
