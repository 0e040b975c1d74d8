// oxlint-disable-next-line import/no-unassigned-import -- it replaces what makes keys before anything else is loaded
import '../quick-certificates.ts'
import { expect, test } from 'vitest'
import { emptyTarget } from '../run/file-run.ts'
import { siteOf } from './foreign.ts'
import {
  changeServer,
  everything,
  iisAnswers,
  IisLife,
  inIisPlace,
  machineIn,
  readServer,
} from './iis-place.ts'
import type { IisPlace } from './iis-place.ts'
import { HTTP, HTTPS, websiteOf, type Wishes } from './website-answers.ts'

const SECURE: Wishes = {
  account: 'ApplicationPoolIdentity',
  site: 'IDServiceWebsite',
  pool: 'IDServicePool',
  host: undefined,
  certificate: 'store',
  sni: false,
  http: 'redirected',
  firewall: false,
}
/** Plain http on the port that was redirected before. */
const PLAIN: Wishes = { ...SECURE, certificate: 'none', http: 'served' }

async function setUp(place: IisPlace, wish: Wishes) {
  const run = await new IisLife(machineIn(place), place).run(iisAnswers(place, websiteOf(place, wish)))
  expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
  return run
}

const siteNames = async (place: IisPlace) =>
  (await readServer(place)).iis.sites.map(({ attributes }) => attributes['name'])
const endpoints = async (place: IisPlace) =>
  (await readServer(place)).sslBindings.map(({ endpoint }) => endpoint)

test('the redirect and the certificate binding of an earlier setup go with their wish, and come back by undo', async () => {
  await inIisPlace(emptyTarget, {}, async (place) => {
    await setUp(place, SECURE)
    expect(await siteNames(place)).toContain('IDServiceWebsite redirect')
    expect(await endpoints(place)).toEqual([`0.0.0.0:${HTTPS}`])
    const before = await everything(place)

    const run = await setUp(place, PLAIN)
    expect(await siteNames(place)).not.toContain('IDServiceWebsite redirect')
    expect(await endpoints(place)).toEqual([])
    const bound = (await readServer(place)).iis.sites.find(
      ({ attributes }) => attributes['name'] === 'IDServiceWebsite',
    )
    expect(JSON.stringify(bound)).toContain(`*:${HTTP}:`)

    expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
    expect(await everything(place)).toEqual(before)
  })
})

test('a certificate binding on which another website has come to stand is left to it', async () => {
  await inIisPlace(emptyTarget, {}, async (place) => {
    await setUp(place, SECURE)
    await changeServer(place, ({ iis }) => {
      iis.sites.push(siteOf('Theirs', 41, 'DefaultAppPool', [`https/*:${HTTPS}:theirs.example`]))
      iis.siteStates['Theirs'] = 'Started'
      iis.foreignSites.push('Theirs')
    })
    const run = await setUp(place, PLAIN)
    expect(await endpoints(place)).toEqual([`0.0.0.0:${HTTPS}`])
    const step = run.view.steps.find(({ id }) => id === 'unbind-certificate-1')
    expect(step).toMatchObject({ state: 'as-wanted', summary: `0.0.0.0:${HTTPS} is left to Theirs.` })
  })
})
