// oxlint-disable-next-line import/no-unassigned-import -- it replaces what makes keys before anything else is loaded
import '../quick-certificates.ts'
import { expect, test } from 'vitest'
import { prerequisitesOf } from '../../../electron/hosts/session/scenarios.ts'
import { service } from '../run/file-run.ts'
import { faultyTools } from '../../doubles/faulty-tools.ts'
import { put, takeOverOf, type Foreign } from './foreign.ts'
import { everything, iisAnswers, IisLife, inIisPlace, machineIn, readServer } from './iis-place.ts'
import { HTTP, websiteOf, type Wishes } from './website-answers.ts'

const WISH: Wishes = {
  account: 'SpecificUser',
  site: 'IDServiceWebsite',
  pool: 'IDServicePool',
  host: 'identity.example.com',
  certificate: 'store',
  sni: true,
  http: 'redirected',
  firewall: true,
}
const THEIRS: Foreign = {
  pool: { state: 'Started', settings: { queueLength: '4711' } },
  site: { state: 'Started', bindings: [`http/*:${HTTP}:`] },
}

test.each([
  ['an administrator who is not elevated', 'filtered'],
  ['a user who is no administrator', 'user'],
] as const)('%s may plan; the run is refused and changes nothing', async (_, token) => {
  await inIisPlace(service, { token, adjust: (state) => put(state, THEIRS, WISH) }, async (place) => {
    const before = await everything(place)
    const { machine, calls } = faultyTools(machineIn(place), place.server)
    const life = new IisLife(machine, place)
    const answers = iisAnswers(place, { ...websiteOf(place, WISH), takeOver: takeOverOf(THEIRS, WISH) })
    const prepared = await life.prepare(answers)
    expect(prepared.plan.elevation).toBe('asked')

    const found = await life.session.inspect(prepared)
    for (const id of ['configure-pool', 'configure-site', 'redirect-http', 'start-website'])
      expect([id, found.get(id)!.state]).toEqual([id, 'unknown'])
    expect([...found.values()].map(({ state }) => state)).not.toContain('foreign')

    const reports = await prerequisitesOf(prepared)
    // Nobody runs a database here.
    const failed = reports.filter(({ status, id }) => status === 'failed' && !id.startsWith('database'))
    expect(failed).toEqual([])
    const rights = reports.find(({ id }) => id === 'windows.rights')!
    expect(rights.status).toBe(token === 'user' ? 'warning' : 'passed')

    const run = await life.run(answers, prepared)
    expect(await run.go()).toBe('failed')
    expect(run.view.failure!.problem).toMatchObject({
      code: 'step.unknown',
      next: expect.stringContaining('administrator'),
    })
    expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
    expect(
      calls.filter((call) => /^(?:appcmd (?!list)|netsh http (?!show)|icacls (?!.* \/save ))/.test(call)),
    ).toEqual([])
    expect(await everything(place)).toEqual(before)
    expect((await readServer(place)).runtime.recycled).toEqual({})
  })
})
