import { beforeEach, describe, expect, it } from 'vitest'
import type { RunView } from '../../../electron/contract/run.ts'
import { settled } from '../../../renderer/pending.ts'
import { useClient } from '../../../renderer/store/client.ts'
import { testPassed, useDatabase } from '../../../renderer/store/database.ts'
import { useFaults } from '../../../renderer/store/faults.ts'
import { useFiles } from '../../../renderer/store/files.ts'
import { useReview } from '../../../renderer/store/review.ts'
import { useRun } from '../../../renderer/store/run.ts'
import { currentDraft, fillSlices, readSlices, resetSlices } from '../../../renderer/store/slices.ts'
import { layersFailed, layersPassed } from '../../doubles/back-end/sample-checks.ts'
import { answers, service } from '../../doubles/back-end/samples.ts'
import { refuse, scriptedBackEnd, type Script } from '../../doubles/back-end/scripted.ts'

// The page makes its bridge at the first call and keeps it; this one passes each call on to the test's own.
let script: Partial<Script> = {}
globalThis.setup = {
  call: (name, input) => scriptedBackEnd(script).call(name, input),
  onEvent: () => () => undefined,
}

beforeEach(() => {
  script = {}
  resetSlices()
})

describe('service files', () => {
  it('suggests a target, and never replaces one that was typed', async () => {
    useFiles.getState().setSource(service.source)
    await useFiles.getState().lookAtSource()
    expect(useFiles.getState().target).toBe(service.suggestedTarget)
    useFiles.getState().setTarget('/srv/mine')
    useFiles.getState().setSource('/other/IdentityService.zip')
    await useFiles.getState().lookAtSource()
    expect(useFiles.getState().target).toBe('/srv/mine')
  })

  it('ignores an answer about a path that is no longer typed', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    script = {
      'service.look': async () => {
        await held
        return service
      },
    }
    useFiles.getState().setSource('/slow.zip')
    const looking = useFiles.getState().lookAtSource()
    useFiles.getState().setSource('/typed-since.zip')
    release()
    await looking
    expect(useFiles.getState()).toMatchObject({ source: '/typed-since.zip', service: undefined })
  })

  it('keeps what was typed when the back end refuses it', async () => {
    const problem = { code: 'archive.damaged', what: 'The archive is cut off.', next: 'Copy it again.' }
    script = { 'service.look': () => refuse(problem) }
    useFiles.getState().setSource('/broken.zip')
    await useFiles.getState().lookAtSource()
    expect(useFiles.getState()).toMatchObject({ source: '/broken.zip', serviceProblem: problem })
  })
})

describe('the database', () => {
  it('forgets a test as soon as a value changes', async () => {
    script = { 'database.test': () => layersPassed }
    await useDatabase.getState().runTest(currentDraft())
    expect(testPassed(useDatabase.getState().test)).toBe(true)
    useDatabase.getState().change({ server: 'another' })
    expect(testPassed(useDatabase.getState().test)).toBe(false)
  })

  it('has not passed when a layer failed, or was not tried', async () => {
    script = { 'database.test': () => layersFailed }
    await useDatabase.getState().runTest(currentDraft())
    expect(testPassed(useDatabase.getState().test)).toBe(false)
  })

  it('takes no layer of another test', async () => {
    await useDatabase.getState().runTest(currentDraft())
    useDatabase.getState().layerCame('an-older-one', layersFailed[4]!)
    expect(testPassed(useDatabase.getState().test)).toBe(true)
  })

  it('keeps no word of a connection string, only where it is held', async () => {
    await useDatabase.getState().parse('Server=db01;Password=canary-5f1c')
    await settled()
    expect(JSON.stringify(readSlices())).not.toContain('canary-5f1c')
    expect(useDatabase.getState().connectionString.ref).toMatch(/^vault:/)
  })
})

describe('the system client', () => {
  it('keeps the ID when only the secret is made anew', async () => {
    useClient.getState().change({ id: 'typed-by-someone' })
    await useClient.getState().generate('secret')
    expect(useClient.getState()).toMatchObject({ id: 'typed-by-someone', secret: { length: 32 } })
  })
})

describe('the plan', () => {
  it('puts what is missing onto the fields that ask for it', async () => {
    const problem = {
      code: 'answers.invalid',
      what: 'The HTTP port 80900 is not a port.',
      where: { path: 'container.httpPort' },
      next: 'Enter a port from 1 to 65535.',
    }
    script = { 'plan.make': () => ({ problems: [problem] }) }
    await useReview.getState().make(currentDraft())
    expect(useReview.getState()).toMatchObject({ plan: undefined, problems: [problem] })
    expect(useFaults.getState().texts['container.httpPort']).toBe(problem.what)
  })
})

describe('opening an answer file', () => {
  it('fills every page and drops what was found before', async () => {
    await useDatabase.getState().runTest(currentDraft())
    fillSlices(answers)
    expect(currentDraft()).toEqual(answers)
    expect(useDatabase.getState().test).toBeUndefined()
  })
})

describe('the run', () => {
  const at = '2026-01-01T00:00:00.000Z'
  const running: RunView = {
    id: 'r1',
    title: 'New installation',
    practice: true,
    status: 'undoing',
    steps: [],
    fraction: 0.5,
    startedAt: at,
    elapsedMs: 10,
    log: [],
    undoFailures: [],
  }
  const undone: RunView = { ...running, status: 'undone' }

  it('does not go back to a view that an event has overtaken', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    script = {
      'run.rollback': async () => {
        await held
        return running
      },
      'run.look': () => undone,
    }
    useRun.setState({ view: { ...running, status: 'failed' } })
    const rolling = useRun.getState().rollback()
    useRun.getState().eventCame({ type: 'run-finished', run: 'r1', at, outcome: 'undone', ms: 20 })
    release()
    await rolling
    expect(useRun.getState().view?.status).toBe('undone')
  })

  it('asks again when an event came while it was asking', async () => {
    const views = [running, undone]
    script = {
      'run.look': () => {
        const view = views.shift()!
        if (view === running)
          useRun.getState().eventCame({ type: 'run-finished', run: 'r1', at, outcome: 'undone', ms: 20 })
        return view
      },
    }
    await useRun.getState().look()
    expect(useRun.getState().view).toEqual(undone)
  })
})
