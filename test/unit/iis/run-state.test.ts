import { describe, expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { startObject, stopObject } from '../../../electron/iis/run-state.ts'
import { listSites } from '../../../electron/iis/sites.ts'
import { type Answer, codePage, scriptedWindows } from '../windows/scripted-windows.ts'

const LIST = 'appcmd | list | apppool | /xml'

function states(...all: readonly string[]): readonly Answer[] {
  return all.map((state) => ({
    out: `<appcmd><APPPOOL state="${state}" RuntimeVersion="" PipelineMode="Integrated" APPPOOL.NAME="Pool" /></appcmd>`,
  }))
}

describe('a pool', () => {
  it('that is stopping already is waited for, longer than a worker process may take', async () => {
    const { machine, calls } = scriptedWindows({
      [LIST]: states(...Array.from({ length: 200 }, () => 'Stopping'), 'Stopped'),
    })
    const began = machine.clock.monotonic()
    await stopObject(machine, 'apppool', 'pool')
    expect(machine.clock.monotonic() - began).toBeGreaterThan(90_000)
    expect(new Set(calls)).toEqual(new Set([LIST]))
  })

  it('that is starting is not started once more', async () => {
    const { machine, calls } = scriptedWindows({ [LIST]: states('Starting', 'Starting', 'Started') })
    await startObject(machine, 'apppool', 'Pool')
    expect(new Set(calls)).toEqual(new Set([LIST]))
  })

  it('that never starts, although IIS took the order, is a failure', async () => {
    const { machine } = scriptedWindows({ [LIST]: states('Stopped'), 'appcmd | start | apppool | Pool': {} })
    const thrown = await startObject(machine, 'apppool', 'Pool').catch((error: unknown) => error)
    expect(problemOf(thrown).code).toBe('iis.not-started')
  })

  it('that cannot start for a reason of its own is told at once', async () => {
    const start = 'appcmd | start | apppool | Pool'
    const { machine, calls } = scriptedWindows({ [LIST]: states('Stopped'), [start]: { code: 87 } })
    const thrown = await startObject(machine, 'apppool', 'Pool').catch((error: unknown) => error)
    expect(problemOf(thrown).code).toBe('iis.appcmd')
    expect(calls.filter((call) => call === start)).toHaveLength(1)
  })
})

it.each(['utf8', 'cp866'])('names of others are read when they come in %s', async (page) => {
  const out =
    '<?xml version="1.0" encoding="UTF-8"?><appcmd><SITE SITE.NAME="Портал" SITE.ID="3" state="Started"><site name="Портал" /></SITE></appcmd>'
  const { machine } = scriptedWindows({
    ...codePage('cp866'),
    'appcmd | list | site | /config | /xml': { out, page },
  })
  expect((await listSites(machine)).map(({ name }) => name)).toEqual(['Портал'])
})
