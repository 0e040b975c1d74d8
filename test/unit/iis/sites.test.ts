import { describe, expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { appcmd } from '../../../electron/iis/appcmd.ts'
import type { Binding } from '../../../electron/iis/binding.ts'
import { createPool } from '../../../electron/iis/pools.ts'
import {
  createRedirect,
  changeRedirect,
  deleteRedirect,
  exportRedirect,
  readRedirect,
  redirectCommands,
  redirectDiffers,
  type RedirectSpec,
  restoreRedirect,
} from '../../../electron/iis/redirect.ts'
import { siteTakeOverProblem } from '../../../electron/iis/site.ts'
import { siteCommands, siteDiffers, type SiteSpec } from '../../../electron/iis/site-spec.ts'
import {
  changeSite,
  createSite,
  deleteSite,
  exportSite,
  listSites,
  readSite,
  restoreSite,
  startSite,
  stopSite,
} from '../../../electron/iis/sites.ts'
import { type Simulated, simulated } from './simulated.ts'

const http: Binding = { protocol: 'http', address: '*', port: 58_090, host: '', sslFlags: 0 }
const sni: Binding = { protocol: 'https', address: '*', port: 58_443, host: 'id.example.com', sslFlags: 1 }
const spec: SiteSpec = {
  name: 'IDServiceWebsite',
  pool: 'IDServicePool',
  folder: String.raw`C:\Creatio\Identity Service`,
  bindings: [http, sni],
}

async function server(options?: Parameters<typeof simulated>[0]): Promise<Simulated> {
  const world = await simulated(options)
  await createPool(world.machine, { name: spec.pool, identity: { account: 'ApplicationPoolIdentity' } })
  world.changes.length = 0
  return world
}

async function problem(action: Promise<unknown>) {
  return problemOf(
    await action.then(
      () => 'no error',
      (error: unknown) => error,
    ),
  )
}

describe('a new site', () => {
  it('is created in its own pool before it may start', async () => {
    const { machine, changes } = await server()
    await createSite(machine, spec)
    expect(changes).toEqual([
      [
        'add',
        'site',
        '/name:IDServiceWebsite',
        '/serverAutoStart:false',
        '/bindings:http/*:58090:,https/*:58443:id.example.com',
        String.raw`/physicalPath:C:\Creatio\Identity Service`,
      ],
      ['set', 'app', 'IDServiceWebsite/', '/applicationPool:IDServicePool'],
      [
        'set',
        'site',
        'IDServiceWebsite',
        "/bindings.[protocol='https',bindingInformation='*:58443:id.example.com'].sslFlags:1",
      ],
      ['set', 'site', 'IDServiceWebsite', '/serverAutoStart:true'],
    ])
    expect(siteCommands(spec)[1]).toBe('appcmd set app IDServiceWebsite/ /applicationPool:IDServicePool')
    const site = (await readSite(machine, 'idserviceWEBSITE'))!
    expect(siteDiffers(site, spec)).toEqual([])
    await startSite(machine, spec.name)
    await startSite(machine, spec.name)
    expect((await readSite(machine, spec.name))?.state).toBe('Started')
    await stopSite(machine, spec.name)
    expect((await readSite(machine, spec.name))?.state).toBe('Stopped')
  })

  it.each(['set app', 'set site'])('leaves nothing behind when “%s” fails', async (call) => {
    const { machine, iis, faults } = await server()
    const before = await iis()
    faults.push({ call, code: 5, works: false })
    expect(await problem(createSite(machine, spec))).toMatchObject({ code: 'iis.not-elevated' })
    expect(await iis()).toEqual(before)
  })

  it('does not take the place of another', async () => {
    const { machine, iis } = await server()
    await createSite(machine, spec)
    const before = await iis()
    expect(await problem(createSite(machine, { ...spec, name: spec.name.toLowerCase() }))).toMatchObject({
      code: 'iis.duplicate',
    })
    expect(await iis()).toEqual(before)
    await deleteSite(machine, spec.name)
    await deleteSite(machine, spec.name)
    expect(await readSite(machine, spec.name)).toBeUndefined()
  })

  it('cannot start where another site has its binding', async () => {
    const { machine } = await server()
    await createSite(machine, { ...spec, name: 'Other' })
    await startSite(machine, 'Other')
    await createSite(machine, spec)
    expect(await problem(startSite(machine, spec.name))).toMatchObject({ code: 'iis.port-taken' })
  })
})

describe('a changed site', () => {
  const foreign: SiteSpec = {
    name: spec.name,
    pool: 'DefaultAppPool',
    folder: String.raw`%SystemDrive%\inetpub\wwwroot`,
    bindings: [
      { ...http, port: 58_091 },
      { ...http, address: '::1', port: 58_092 },
      { ...sni, sslFlags: 0 },
    ],
  }

  it('says in words how it was other', async () => {
    const { machine } = await server()
    await createSite(machine, foreign)
    const site = (await readSite(machine, spec.name))!
    expect(site.folder).toMatch(/inetpub\\wwwroot$/)
    expect(site.folder).not.toContain('%')
    expect(siteDiffers(site, foreign)).toHaveLength(1)
    expect(siteDiffers(site, { ...foreign, folder: site.folder.toUpperCase() })).toEqual([])
    expect(siteDiffers(site, spec)).toEqual([
      'application pool DefaultAppPool instead of IDServicePool',
      `folder ${site.folder} instead of ${spec.folder}`,
      'no binding http/*:58090:',
      'binding https/*:58443:id.example.com without Server Name Indication',
      'binding http/*:58091: that is not wanted',
      'binding http/[::1]:58092: that is not wanted',
    ])
  })

  it.each([true, false])(
    'is as wanted and comes back exactly (brackets understood: %s)',
    async (bracketsInQuotes) => {
      const { machine, iis } = await server({ unverified: { bracketsInQuotes } })
      await createSite(machine, foreign)
      const before = await iis()
      const former = (await exportSite(machine, spec.name))!
      const kept = JSON.parse(JSON.stringify(former)) as typeof former

      await changeSite(machine, spec)
      expect(siteDiffers((await readSite(machine, spec.name))!, spec)).toEqual([])

      await restoreSite(machine, kept)
      if (former.state === 'Started') await startSite(machine, spec.name)
      expect(await exportSite(machine, spec.name)).toEqual(former)
      // A flag that was changed and changed back is written out, with the value it had unwritten before.
      expect(
        JSON.stringify(await iis())
          .replaceAll('"sslFlags":"0"', '')
          .replaceAll(',}', '}'),
      ).toEqual(JSON.stringify(before))
    },
  )

  it('is not touched by a way back that was never needed', async () => {
    const { machine, iis, changes } = await server()
    await createSite(machine, spec)
    await stopSite(machine, spec.name)
    const before = await iis()
    changes.length = 0
    await restoreSite(machine, (await exportSite(machine, spec.name))!)
    expect(changes).toEqual([])
    expect(await iis()).toEqual(before)
  })

  it('keeps what an administrator hardened', async () => {
    const { machine } = await server()
    await createSite(machine, { ...spec, bindings: [{ ...sni, sslFlags: 32 }] })
    await changeSite(machine, { ...spec, bindings: [sni] })
    expect((await readSite(machine, spec.name))?.bindings[0]?.sslFlags).toBe(33)
  })

  it('is not one that opens its folder as another account', async () => {
    const { machine } = await server()
    await createSite(machine, spec)
    expect(siteTakeOverProblem((await readSite(machine, spec.name))!)).toBeUndefined()
    await appcmd(machine, ['set', 'vdir', `${spec.name}/`, String.raw`/userName:DOM\someone`])
    const site = (await readSite(machine, spec.name))!
    expect(siteTakeOverProblem(site)?.cause).toContain(String.raw`DOM\someone`)
  })
})

describe('a redirect', () => {
  const redirect: RedirectSpec = {
    name: 'IDServiceWebsite redirect',
    pool: spec.pool,
    folder: String.raw`C:\Creatio\redirect`,
    bindings: [http],
    origin: 'https://id.example.com:58443/',
  }
  const settings = [
    'set',
    'config',
    'IDServiceWebsite redirect',
    '/section:system.webServer/httpRedirect',
    '/enabled:true',
    '/destination:https://id.example.com:58443$S$Q',
    '/exactDestination:true',
    '/httpResponseStatus:PermRedirect',
    '/commit:apphost',
  ]

  it('is a site that answers 308 with path and query', async () => {
    const { machine, changes, iis } = await server()
    const before = await iis()
    await createRedirect(machine, redirect)
    expect(changes.at(-1)).toEqual(settings)
    expect(redirectCommands(redirect)).toHaveLength(changes.length)
    const found = (await readRedirect(machine, redirect.name))!
    expect(redirectDiffers(found, redirect)).toEqual([])
    expect(redirectDiffers(found, { ...redirect, origin: 'https://other' })).toEqual([
      'it redirects to https://id.example.com:58443$S$Q instead of https://other',
    ])
    await deleteRedirect(machine, redirect.name)
    await deleteRedirect(machine, redirect.name)
    expect(await iis()).toEqual(before)
  })

  it('leaves nothing behind when its setting fails', async () => {
    const { machine, faults, iis } = await server()
    const before = await iis()
    faults.push({ call: 'set config', code: 5, works: false })
    expect(await problem(createRedirect(machine, redirect))).toMatchObject({ code: 'iis.not-elevated' })
    expect(await iis()).toEqual(before)
  })

  it.each([true, false])('comes back as it was (redirecting: %s)', async (redirecting) => {
    const { machine, iis } = await server()
    const earlier = { ...redirect, origin: 'https://earlier', bindings: [{ ...http, port: 58_095 }] }
    await (redirecting ? createRedirect : createSite)(machine, earlier)
    const before = await iis()
    const former = (await exportRedirect(machine, redirect.name))!
    await changeRedirect(machine, redirect)
    expect(redirectDiffers((await readRedirect(machine, redirect.name))!, redirect)).toEqual([])
    await restoreRedirect(machine, JSON.parse(JSON.stringify(former)) as typeof former)
    if (former.site.state === 'Started') await startSite(machine, redirect.name)
    expect(await iis()).toEqual(before)
    expect(await listSites(machine)).not.toEqual([])
  })

  it('is told from a site that does not redirect', async () => {
    const { machine } = await server()
    await createSite(machine, redirect)
    expect(redirectDiffers((await readRedirect(machine, redirect.name))!, redirect)).toEqual([
      'it does not redirect',
    ])
    expect(await readRedirect(machine, 'ghost')).toBeUndefined()
  })
})
