import { join } from 'node:path'
import { expect, test } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import type { ServerState } from '../../../electron/practice/windows/state.ts'
import { applicationPoolSid } from '../../../electron/windows/sids.ts'
import { findInstallation } from '../../../electron/scenarios/installation/find.ts'
import type { InstallationWishes } from '../../../electron/scenarios/installation/found.ts'
import {
  addPool,
  addSite,
  CLIENT,
  makePlace,
  type Place,
  recordInstallation,
  SECRET,
  settingsWith,
} from './place.ts'

/** Finds it on a server with what `adjust` puts there. */
async function find(
  place: Place,
  adjust: (state: ServerState) => void,
  {
    options = {},
    wishes = {},
  }: { options?: PracticeWindowsOptions; wishes?: Partial<InstallationWishes> } = {},
) {
  const found = await findInstallation(place.windows({ ...options, adjust }), place.stateFolder, {
    target: place.target,
    ...wishes,
  })
  expect(JSON.stringify(found)).not.toContain(SECRET)
  return found
}

const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('It was found.')
    },
    (error: unknown) => problemOf(error),
  )

const codes = (found: { readonly notes: readonly { readonly code: string }[] }) =>
  found.notes.map(({ code }) => code)

test('a website that was made by hand is found by its folder, however IIS spells it', async () => {
  const place = await makePlace()
  await place.write('openssl.pfx', 'x')
  const found = await find(place, (state) =>
    addSite(state, { name: 'Identity', folder: '%SystemDrive%\\INETPUB\\identityservice\\' }),
  )
  const { target } = place
  expect(found).toMatchObject({
    recorded: false,
    settings: join(target, 'appsettings.json'),
    pfx: join(target, 'openssl.pfx'),
    inImage: false,
    namedBy: { by: 'settings', file: join(target, 'appsettings.json') },
    namedAs: 'openssl.pfx',
    certain: true,
    installation: {
      name: 'Identity',
      hosting: 'iis',
      target,
      localUrl: 'http://localhost:8090',
      publicUrl: 'http://localhost:8090',
      clientId: CLIENT.ClientId,
      website: {
        site: 'Identity',
        pool: 'Identity pool',
        account: { sid: applicationPoolSid('Identity pool'), name: 'IIS AppPool\\Identity pool' },
        stdoutLog: join(target, 'logs', 'stdout'),
      },
    },
  })
  expect(codes(found)).toEqual(['installation.url-guessed'])
})

test.each([
  [{ identityType: 'NetworkService' }, 'S-1-5-20', 'NT AUTHORITY\\NETWORK SERVICE'],
  [{ identityType: 'LocalSystem' }, 'S-1-5-18', 'NT AUTHORITY\\SYSTEM'],
  [{ identityType: 'LocalService' }, 'S-1-5-19', 'NT AUTHORITY\\LOCAL SERVICE'],
  [{ identityType: 'SpecificUser', userName: '.\\svc' }, 'S-1-5-21-1-2-3-1101', '.\\svc'],
] as const)('the account of its pool is known: %j', async (model, sid, name) => {
  const place = await makePlace()
  const found = await find(place, (state) => {
    addSite(state, { name: 'Identity', folder: place.target })
    addPool(state, 'Identity pool', model)
    state.users.push({
      name: `${state.system.name}\\svc`,
      sid: 'S-1-5-21-1-2-3-1101',
      kind: 'local',
      memberOf: [],
    })
  })
  expect(found.installation.website!.account).toEqual({ sid, name })
})

test('an account that Windows does not know is told', async () => {
  const place = await makePlace()
  const told = await problem(
    find(place, (state) => {
      addSite(state, { name: 'Identity', folder: place.target })
      addPool(state, 'Identity pool', { identityType: 'SpecificUser', userName: 'GONE\\svc' })
    }),
  )
  expect(told).toMatchObject({ code: 'account.unknown', what: expect.stringContaining('GONE\\svc') })
})

test('an application below a website is found, with its path and pool', async () => {
  const place = await makePlace()
  const found = await find(place, (state) =>
    addSite(state, {
      name: 'Portal',
      folder: 'C:\\inetpub\\portal',
      bindings: ['http/*:80:', 'https/*:443:', 'https/10.1.2.3:8443:id.example.com'],
      applications: { '/identity': { folder: place.target, pool: 'Own' } },
    }),
  )
  expect(found.installation).toMatchObject({
    name: 'Portal/identity',
    publicUrl: 'https://id.example.com:8443/identity',
    localUrl: 'https://id.example.com:8443/identity',
    website: { site: 'Portal', pool: 'Own' },
  })
})

test.each([
  [
    'a path from the service’s folder, with the slashes of Windows',
    '.\\pfx\\win\\own\\openssl.pfx',
    'pfx/win/own/openssl.pfx',
  ],
  ['a path in a folder above', '..\\certificates\\id.pfx', '../certificates/id.pfx'],
])('the PFX is where the settings say: %s', async (_, named, path) => {
  const place = await makePlace()
  await place.write(
    'appsettings.json',
    settingsWith({ x509certificatepath: named, X509CertificatePath: undefined }),
  )
  const pfx = await place.write(path, 'x')
  const found = await find(place, (state) => addSite(state, { name: 'Identity', folder: place.target }))
  expect(found).toMatchObject({ pfx, namedAs: named, certain: true })
  expect(codes(found)).not.toContain('installation.pfx-missing')
})

test('the environment’s own settings win over the others, a pool over them, web.config over all', async () => {
  const place = await makePlace()
  const { target } = place
  const site = (state: ServerState) => addSite(state, { name: 'Identity', folder: target })
  await place.write('appsettings.Staging.json', JSON.stringify({ X509CertificatePath: 'staging.pfx' }))
  await place.write('appsettings.Production.json', JSON.stringify({ X509CertificatePath: 'production.pfx' }))
  expect(await find(place, site)).toMatchObject({
    pfx: join(target, 'production.pfx'),
    namedBy: { by: 'settings', file: join(target, 'appsettings.Production.json') },
  })

  const other = await makePlace()
  await other.write('appsettings.Staging.json', JSON.stringify({ X509CertificatePath: 'staging.pfx' }))
  const staging = await find(other, (state) => {
    addSite(state, { name: 'Identity', folder: other.target })
    addPool(state, 'Identity pool', {}, { ASPNETCORE_ENVIRONMENT: 'Staging' })
  })
  expect(staging.pfx).toBe(join(other.target, 'staging.pfx'))

  const third = await makePlace()
  const pool = (state: ServerState) => {
    addSite(state, { name: 'Identity', folder: third.target })
    addPool(state, 'Identity pool', {}, { x509certificatePATH: 'of-pool.pfx' })
  }
  expect(await find(third, pool)).toMatchObject({
    pfx: join(third.target, 'of-pool.pfx'),
    namedBy: { by: 'pool', pool: 'Identity pool' },
  })
  const webConfig = await third.write(
    'web.config',
    `<configuration><location path="other"><system.webServer><aspNetCore><environmentVariables>
       <environmentVariable name="X509CertificatePath" value="other.pfx" /></environmentVariables></aspNetCore></system.webServer></location>
     <system.webServer><aspNetCore stdoutLogFile="..\\Logs\\identity"><environmentVariables>
       <environmentVariable name="X509CertificatePath" value="of-file.pfx" />
     </environmentVariables></aspNetCore></system.webServer></configuration>`,
  )
  const found = await find(third, () => undefined)
  expect(found).toMatchObject({
    pfx: join(third.target, 'of-file.pfx'),
    namedBy: { by: 'web.config', file: webConfig },
    installation: { website: { stdoutLog: join(third.target, '..', 'Logs', 'identity') } },
  })
  expect(codes(found)).toContain('installation.pfx-missing')
})

test('what the settings do not say is guessed, and said to be', async () => {
  const place = await makePlace()
  await place.write('appsettings.json', JSON.stringify({ DbProvider: 'Postgres', X509CertificatePath: ' ' }))
  const site = (state: ServerState) => addSite(state, { name: 'Identity', folder: place.target })
  const blank = await find(place, site)
  expect(blank).toMatchObject({
    pfx: join(place.target, 'openssl.pfx'),
    namedBy: { by: 'nothing' },
    certain: false,
    installation: { clientId: '' },
  })
  expect(codes(blank)).toEqual([
    'installation.pfx-unnamed',
    'installation.url-guessed',
    'installation.no-client',
  ])

  place.locked.add(join(place.target, 'appsettings.json'))
  const locked = await find(place, site)
  expect(locked).toMatchObject({ certain: false, installation: { clientId: '' } })
  expect(codes(locked)).toEqual(['installation.settings-unread', 'installation.url-guessed'])
})

test('clients that cannot be read hide no certificate', async () => {
  const place = await makePlace()
  await place.write('appsettings.json', settingsWith({ Clients: '[{]' }))
  const found = await find(place, (state) => addSite(state, { name: 'Identity', folder: place.target }))
  expect(found).toMatchObject({ certain: true, installation: { clientId: '' } })
  expect(found.notes[0]).toMatchObject({
    code: 'installation.settings-unread',
    where: { file: found.settings },
  })
})

test('two websites with one folder are asked about, until one is named', async () => {
  const place = await makePlace()
  const two = (state: ServerState) => {
    addSite(state, { name: 'Identity', folder: place.target })
    addSite(state, { name: 'Identity test', folder: `${place.target}/`, bindings: ['http/*:8091:'] })
  }
  expect(await problem(find(place, two))).toMatchObject({
    code: 'installation.several',
    what: expect.stringContaining('Identity, Identity test'),
    where: { path: 'installation.site' },
  })
  const named = await find(place, () => undefined, { wishes: { site: 'identity TEST' } })
  expect(named.installation.website).toMatchObject({ site: 'Identity test', pool: 'Identity test pool' })
  const none = await problem(find(place, () => undefined, { wishes: { site: 'Shop' } }))
  expect(none.code).toBe('installation.not-found')
})

test.each(['filtered', 'user'] as const)('without the rights (%s) nobody can tell', async (token) => {
  const place = await makePlace()
  const told = await problem(
    find(place, (state) => addSite(state, { name: 'Identity', folder: place.target }), {
      options: { token },
    }),
  )
  expect(told).toMatchObject({
    code: 'iis.not-elevated',
    where: { file: place.target },
    next: expect.stringContaining('administrator'),
  })
})

test('what was looked at in vain is said', async () => {
  const place = await makePlace()
  expect(await problem(find(place, () => undefined))).toMatchObject({
    code: 'installation.not-found',
    where: { file: place.target },
    cause:
      'The websites Default Web Site, Creatio show other folders. There is no docker command on this machine.',
  })
  const nowhere = await problem(
    find(place, () => undefined, { wishes: { target: join(place.root, 'gone') } }),
  )
  expect(nowhere).toMatchObject({ code: 'installation.not-found', cause: 'There is no such folder.' })
  const bare = await makePlace()
  expect((await problem(find(bare, () => undefined, { options: { iis: false } }))).cause).toContain(
    'IIS is not installed.',
  )
})

test('a website of something else is not taken for the service', async () => {
  const place = await makePlace()
  const shop = await place.write(join(place.root, 'shop', 'index.html'), '<p>')
  const target = join(shop, '..')
  const told = await problem(
    find(place, (state) => addSite(state, { name: 'Shop', folder: target }), { wishes: { target } }),
  )
  expect(told.code).toBe('installation.not-the-service')
})

test('a website without bindings cannot be asked', async () => {
  const place = await makePlace()
  const told = await problem(
    find(place, (state) => addSite(state, { name: 'Identity', folder: place.target, bindings: [] })),
  )
  expect(told.code).toBe('installation.no-address')
})

test('a recorded installation has today’s PFX; its record where the settings may not be read', async () => {
  const place = await makePlace()
  const website = {
    site: 'Identity',
    pool: 'Identity pool',
    account: { sid: 'S-1-5-82-1', name: 'IIS AppPool\\Identity pool' },
    stdoutLog: join(place.target, 'logs', 'stdout'),
  }
  await recordInstallation(place, { hosting: 'iis', website, name: 'Mine' })
  const moved = await place.write(join(place.root, 'keys', 'moved.pfx'), 'x')
  await place.write('appsettings.json', settingsWith({ X509CertificatePath: moved }))
  // Nobody has to see IIS for that.
  const options = { token: 'user' } as const
  const found = await find(place, () => undefined, { options, wishes: { target: `${place.target}/` } })
  expect(found).toMatchObject({
    recorded: true,
    pfx: moved,
    certain: true,
    notes: [],
    installation: { name: 'Mine', pfx: moved, target: place.target, website },
  })

  place.locked.add(join(place.target, 'appsettings.json'))
  const unread = await find(place, () => undefined)
  expect(unread).toMatchObject({ recorded: true, pfx: join(place.target, 'openssl.pfx'), certain: false })
  expect(codes(unread)).toEqual(['installation.settings-unread'])

  // Another website of the same folder is none that was recorded.
  const other = await problem(find(place, () => undefined, { wishes: { site: 'Other' } }))
  expect(other.code).toBe('iis.not-elevated')
})
