import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lookAtIis } from '../../../electron/iis/iis.ts'
import { lookAtModule } from '../../../electron/iis/module.ts'
import { expanded, isWithin, samePath } from '../../../electron/iis/paths.ts'
import { installedRuntimes, runtimeFits } from '../../../electron/iis/runtimes.ts'
import type { Site } from '../../../electron/iis/site.ts'
import {
  suggestPoolName,
  suggestPort,
  suggestSiteName,
  whose,
  whosePool,
} from '../../../electron/iis/suggest.ts'
import { runtimeDisagrees, runtimeForCreatio } from '../../../electron/iis/versions.ts'
import { scriptedWindows } from '../windows/scripted-windows.ts'
import { simulated } from './simulated.ts'

describe('IIS', () => {
  it('is there with its services and what is missing of it', async () => {
    const { machine } = await simulated({ withoutFeatures: ['IIS-HttpLogging'] })
    expect(await lookAtIis(machine)).toMatchObject({
      installed: true,
      version: '10.0',
      missing: [{ name: 'IIS-HttpLogging' }],
      services: { w3svc: 'running', was: 'running' },
    })
  })

  it('is not there', async () => {
    const { machine } = await simulated({ iis: false })
    const look = await lookAtIis(machine)
    expect(look).toMatchObject({ installed: false, appcmd: false, services: { w3svc: undefined } })
    expect(look.missing.length).toBeGreaterThan(5)
  })
})

describe('the ASP.NET Core module', () => {
  it.each([
    ['ready', {}, 'ready'],
    ['missing', { module: 'missing' }, 'missing'],
    ['only for an administrator to see', { token: 'filtered' }, 'unknown'],
  ] as const)('is %s', async (_name, options, state) => {
    const { machine } = await simulated(options)
    expect((await lookAtModule(machine)).state).toBe(state)
  })

  const key = String.raw`HKLM\SOFTWARE\Microsoft\IIS Extensions\IIS AspNetCore Module V2`
  const full = key.replace('HKLM', 'HKEY_LOCAL_MACHINE')
  const installed = {
    out: `\r\n${full}\r\n    Install    REG_DWORD    0x1\r\n    Version    REG_SZ    18.0.24295.11\r\n\r\n`,
  }
  const missing = { code: 1, err: 'ERROR: not found' }
  const named = (attribute: string) => ({
    out: `<appcmd><MODULE ${attribute}="AspNetCoreModuleV2" type="" /></appcmd>`,
  })
  const none = { out: '<appcmd></appcmd>' }

  it.each([
    ['ready', installed, true, named('MODULE.NAME')],
    ['ready', installed, true, named('name')],
    ['before-iis', installed, true, none],
    ['before-iis', installed, true, { rejects: 'process.not-found' }],
    ['broken', installed, false, named('MODULE.NAME')],
    ['broken', missing, true, none],
    ['broken', missing, false, named('MODULE.NAME')],
    ['missing', missing, false, none],
  ] as const)('is %s (%#)', async (state, registry, file, modules) => {
    const { machine } = scriptedWindows({
      [`reg | query | ${key} | /reg:64`]: registry,
      'appcmd | list | module | /xml': modules,
    })
    const info = async () => (file ? ({ kind: 'file', size: 1, mode: 0 } as const) : undefined)
    const look = await lookAtModule({ ...machine, files: { ...machine.files, info } })
    expect(look.state).toBe(state)
    expect(look.version).toBe(registry === installed ? '18.0.24295.11' : undefined)
    expect(look.evidence).toHaveLength(3)
  })
})

describe('a runtime', () => {
  it('is found by its folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'runtimes-'))
    const shared = join(folder, 'dotnet', 'shared')
    await mkdir(join(shared, 'Microsoft.AspNetCore.App', '8.0.11'), { recursive: true })
    await mkdir(join(shared, 'Microsoft.AspNetCore.App', '9.0.0-rc.2.24474.3'), { recursive: true })
    await mkdir(join(shared, 'Microsoft.AspNetCore.App', 'old'), { recursive: true })
    await writeFile(join(shared, 'note.txt'), '')
    const { machine } = scriptedWindows({})
    const here = { ...machine, windows: { ...machine.windows!, programFiles: folder } }
    expect(await installedRuntimes(here)).toEqual([
      { name: 'Microsoft.AspNetCore.App', version: '8.0.11' },
      { name: 'Microsoft.AspNetCore.App', version: '9.0.0-rc.2.24474.3' },
    ])
    await rm(folder, { recursive: true })
    expect(await installedRuntimes(here)).toEqual([])
  })

  const name = 'Microsoft.AspNetCore.App'
  it.each([
    ['8.0.10', ['8.0.11'], '8.0.11'],
    ['8.0.10', ['8.0.9'], undefined],
    ['8.0.10', ['8.0.10', '8.0.22', '9.0.0'], '8.0.22'],
    ['8.0.0', ['9.0.1', '10.0.0'], undefined],
    ['6.0.0', ['8.0.1'], undefined],
    ['2.1.0', ['2.2.8', '2.2.1', '3.1.0'], '2.2.8'],
    ['2.1.0', ['2.1.4', '2.2.8'], '2.1.4'],
    ['9.0.0', ['9.0.0-rc.2.24474.3'], undefined],
    ['9.0.0', ['9.0.1-preview.1', '9.1.0'], '9.1.0'],
    ['9.0.0-rc.1', ['9.0.0-rc.2.24474.3', '9.0.0-rc.1.9'], '9.0.0-rc.2.24474.3'],
    ['9.0.0-rc.1', ['9.0.0-rc.2', '9.0.0'], '9.0.0'],
    ['eight', ['8.0.1'], undefined],
  ])('%s of %j is %s', (version, versions, expected) => {
    const installed = versions.map((each) => ({ name, version: each }))
    expect(runtimeFits({ name, version }, installed)?.version).toBe(expected)
    expect(runtimeFits({ name: 'Microsoft.NETCore.App', version }, installed)).toBeUndefined()
  })

  it.each([
    ['7.16.3', undefined],
    ['7.16.4', '2.2'],
    ['7.18.5.1501', '2.2'],
    ['8.0.7.9999', '2.2'],
    ['8.0.8', '6.0'],
    ['8.1', '6.0'],
    ['8.2.0.100', '6.0'],
    ['8.2.1', '8.0'],
    ['8.3.2.4166', '8.0'],
    ['10.0.0.751', undefined],
    ['x', undefined],
  ])('of Creatio %s is %s', (creatio, expected) => {
    expect(runtimeForCreatio(creatio)?.version).toBe(expected)
  })

  it('may be another one than the manual says', () => {
    expect(runtimeDisagrees('8.0.7', '6.0.14')).toContain('for .NET 2.2; this one needs .NET 6.0')
    expect(runtimeDisagrees('8.3.0', '8.0.10')).toBeUndefined()
    expect(runtimeDisagrees('10.0', '8.0.10')).toBeUndefined()
  })
})

describe('a path', () => {
  it('is the same in another spelling', () => {
    expect(samePath('C:\\Creatio\\ID\\', 'c:/creatio/id')).toBe(true)
    expect(samePath('\\\\?\\C:\\Creatio', 'C:\\Creatio')).toBe(true)
    expect(isWithin('C:\\CREATIO\\id', 'C:\\Creatio\\')).toBe(true)
    expect(isWithin('C:\\Creatio2', 'C:\\Creatio')).toBe(false)
    expect(isWithin('C:\\Creatio\\..\\Other', 'C:\\Creatio')).toBe(false)
  })

  it('has its variables replaced', () => {
    const { machine } = scriptedWindows({})
    expect(expanded(machine, '%ProgramFiles(x86)%\\a %PROGRAMFILES% %other%')).toBe(
      'C:\\Program Files (x86)\\a C:\\Program Files %other%',
    )
    expect(
      expanded(
        { ...machine, windows: { ...machine.windows!, windows: '/drive/Windows' } },
        '%SystemDrive%/inetpub',
      ),
    ).toBe('/drive/inetpub')
  })
})

describe('a site and a pool', () => {
  const site = (change: Partial<Site>): Site => ({
    name: 'Shop',
    id: 2,
    state: 'Stopped',
    bindings: [],
    otherBindings: [],
    pool: 'ShopPool',
    physicalPath: 'D:\\Shop',
    folder: 'D:\\Shop',
    applications: [{ path: '/', pool: 'ShopPool', folder: 'D:\\Shop' }],
    autoStart: true,
    connectAs: '',
    ...change,
  })
  const application = (path: string, pool: string) => ({ path, pool, folder: 'D:\\Shop' })
  const known = {
    installations: [
      {
        target: 'C:\\Creatio\\ID',
        website: { site: 'IDServiceWebsite', pool: 'IDServicePool', redirectSite: 'To https' },
      },
    ],
    creatioFolder: 'C:\\Creatio',
  }

  it.each([
    [{ name: 'IDSERVICEwebsite' }, 'ours'],
    [{ name: 'to HTTPS' }, 'ours'],
    [{ folder: 'c:\\creatio\\id\\' }, 'ours'],
    [{ folder: 'C:\\Creatio' }, 'creatio'],
    [{ folder: 'C:\\Creatio\\Terrasoft.WebApp' }, 'creatio'],
    [{ folder: 'C:\\Creatio2' }, 'foreign'],
    [{ folder: '' }, 'foreign'],
  ])('%j is %s', (change, owner) => expect(whose(site(change), known)).toBe(owner))

  it.each([
    ['idservicepool', [], 'ours'],
    ['P', [site({ folder: 'C:\\Creatio', applications: [application('/0', 'p')] })], 'creatio'],
    ['P', [site({ folder: 'C:\\Creatio\\ID', applications: [application('/', 'P')] })], 'ours'],
    ['P', [], 'foreign'],
    [
      'P',
      [
        site({ folder: 'C:\\Creatio\\ID', applications: [application('/', 'P')] }),
        site({ applications: [application('/', 'P')] }),
      ],
      'foreign',
    ],
  ])('pool %s is whose its sites are (%#)', (name, sites, owner) => {
    expect(whosePool({ name }, sites, known)).toBe(owner)
  })

  it('get names and ports that are free', async () => {
    expect(suggestSiteName([])).toBe('IDServiceWebsite')
    expect(suggestSiteName([{ name: 'idservicewebsite' }, { name: 'IDServiceWebsite2' }])).toBe(
      'IDServiceWebsite3',
    )
    expect(suggestPoolName([{ name: 'IDServicePool' }])).toBe('IDServicePool2')
    const { machine } = scriptedWindows({})
    const portFree = async (port: number) => port !== 8091
    const here = { ...machine, network: { ...machine.network, portFree } }
    const bound = site({ bindings: [{ protocol: 'http', address: '*', port: 8090, host: '', sslFlags: 0 }] })
    expect(await suggestPort(here, [])).toBe(8090)
    expect(await suggestPort(here, [bound])).toBe(8092)
    const none = { ...machine, network: { ...machine.network, portFree: async () => false } }
    expect(await suggestPort(none, [])).toBeUndefined()
  })
})
