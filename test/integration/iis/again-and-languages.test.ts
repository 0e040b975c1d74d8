// oxlint-disable-next-line import/no-unassigned-import -- it replaces what makes keys before anything else is loaded
import '../quick-certificates.ts'
import { expect, test } from 'vitest'
import type { Language } from '../../../electron/practice/windows/state.ts'
import { element } from '../../../electron/practice/windows/configuration/element.ts'
import { installationId } from '../../../electron/service/installation.ts'
import { faultyMachine } from '../../doubles/faulty-machine.ts'
import { faultyTools } from '../../doubles/faulty-tools.ts'
import { nothing, snapshot } from '../run/file-run.ts'
import { fullAnswers, inFullPlace, isWrite } from './every-call.ts'
import {
  changeServer,
  everything,
  iisAnswers,
  IisLife,
  inIisPlace,
  machineIn,
  readServer,
  type IisPlace,
} from './iis-place.ts'
import { HTTP, websiteOf } from './website-answers.ts'

test('the same answers again change nothing: no tool that writes is called, and no file is written', async () => {
  await inFullPlace(async (place) => {
    const first = await new IisLife(machineIn(place), place).run(fullAnswers(place))
    expect([await first.go(), first.view.failure]).toEqual(['done', undefined])
    const before = [await everything(place), await snapshot(place.stateFolder)]
    const { recycled } = (await readServer(place)).runtime

    const tools = faultyTools(machineIn(place), place.server)
    const { machine, effects } = faultyMachine(tools.machine)
    const life = new IisLife(machine, place)
    const prepared = await life.prepare(fullAnswers(place))
    const found = await life.session.inspect(prepared)
    expect([...found].filter(([, { state }]) => state !== 'as-wanted')).toEqual([])
    const second = await life.session.run(prepared, () => {}, { recorded: false, found })
    expect(await second.go()).toBe('as-wanted')

    // PowerShell is asked about accounts and certificates; what it could have changed is in the state.
    expect(tools.calls.filter((call) => isWrite(call) && !call.startsWith('powershell'))).toEqual([])
    expect(tools.calls.length).toBeGreaterThan(10)
    expect(effects.filter((effect) => /^(?:write|rename|copy|append)/.test(effect))).toEqual([])
    expect([await everything(place), await snapshot(place.stateFolder)]).toEqual(before)
    expect((await readServer(place)).runtime.recycled).toEqual(recycled)
  })
})

/** What a run shows and decides, without what differs from place to place and from moment to moment. */
async function runIn(language: Language, prepare: (place: IisPlace) => Promise<void>): Promise<unknown> {
  return inIisPlace(nothing, { language }, async (place) => {
    await prepare(place)
    const life = new IisLife(machineIn(place), place)
    const answers = iisAnswers(place, {
      ...websiteOf(place, {
        account: 'SpecificUser',
        site: 'IDServiceWebsite',
        pool: 'IDServicePool',
        host: 'identity.example.com',
        certificate: 'pfx',
        sni: true,
        http: 'redirected',
        firewall: true,
      }),
    })
    const prepared = await life.prepare(answers)
    const found = await life.session.inspect(prepared)
    const { id: _, ...plan } = life.session.view(prepared, found)
    const run = await life.run(answers, prepared)
    const outcome = await run.go()
    const { steps, failure } = run.view
    const told = {
      plan,
      found: [...found],
      outcome,
      steps: steps.map(({ ms: __, ...step }) => step),
      failure: failure && { ...failure, problem: { ...failure.problem, details: 'raw' } },
      undone: [await run.rollBack(), run.view.undoFailures],
    }
    const text = JSON.stringify(told)
    return JSON.parse(
      text.replaceAll(place.root, 'ROOT').replaceAll(installationId(place.target), 'ID'),
    ) as unknown
  })
}

/** A website of the same address, which keeps ours from starting. */
const taken = (place: IisPlace) =>
  changeServer(place, ({ iis }) => {
    const [site] = iis.sites.filter(({ attributes }) => attributes['name'] === 'Creatio')
    site!.elements['bindings']!.items.push(
      element({ protocol: 'http', bindingInformation: `*:${HTTP}:identity.example.com` }),
    )
  })

test.each([
  ['runs to its end', async () => {}, 'done'],
  ['fails at its start', taken, 'failed'],
] as const)(
  'a run that %s is the same on an English, a German and a Russian Windows',
  async (_, prepare, outcome) => {
    const english = await runIn('en', prepare)
    expect(english).toMatchObject({ outcome, undone: ['undone', []] })
    expect(await runIn('de', prepare)).toEqual(english)
    expect(await runIn('ru', prepare)).toEqual(english)
  },
)
