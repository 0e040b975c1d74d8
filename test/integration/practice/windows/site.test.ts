import { X509Certificate, createHash } from 'node:crypto'
import { connect } from 'node:net'
import { copyFile, readFile, readdir, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { RUNTIME_CONFIG } from '../../../../electron/practice/archive/hosting.ts'
import { diagnose, type Diagnosis } from '../../../../electron/diagnosis/diagnose.ts'
import { readErrorPage } from '../../../../electron/iis/evidence.ts'
import { startPostgres, type Postgres } from '../../../../electron/practice/postgres.ts'
import type { ServerState } from '../../../../electron/practice/windows/state.ts'
import { writeDacl } from '../../../../electron/practice/windows/tools/acl-store.ts'
import { parseSddl } from '../../../../electron/practice/windows/tools/sddl.ts'
import { poolSid } from '../../../../electron/practice/windows/tools/sids.ts'
import { freePort } from '../../../free-port.ts'
import { makePfx, removeFolder, temporaryFolder, writeSettings } from '../service-under-test.ts'
import {
  POOL,
  SITE,
  ask,
  makeServer,
  poolElement,
  put,
  siteElement,
  startSite,
  webConfig,
  type Server,
  type SiteProcess,
  type WantedBinding,
} from './site-under-test.ts'

let home: string
let postgres: Postgres
let folder: string
let server: Server
let port: number
let site: SiteProcess | undefined

beforeAll(async () => {
  home = await temporaryFolder()
  postgres = await startPostgres({ folder: join(home, 'postgres'), log: () => undefined })
  await makePfx(home, 'good')
}, 120_000)

afterAll(async () => {
  await postgres.stop()
  await removeFolder(postgres.folder)
  await removeFolder(home)
})

beforeEach(async () => {
  const place = await temporaryFolder()
  folder = join(place, 'IdentityService')
  port = await freePort()
  await put(join(folder, 'web.config'), webConfig())
  await put(join(folder, 'IdentityService.dll'), 'stand-in')
  await put(join(folder, 'IdentityService.runtimeconfig.json'), RUNTIME_CONFIG)
  await copyFile(join(home, 'good.pfx'), join(folder, 'openssl.pfx'))
  await writeSettings(folder, goodSettings())
  server = await makeServer(join(place, 'windows'))
  await server.change((state) => {
    state.iis.pools = [poolElement(POOL)]
    state.iis.sites = [siteElement(SITE, 2, POOL, folder, [{ protocol: 'http', port }])]
    state.iis.poolStates[POOL] = 'Started'
    state.iis.siteStates[SITE] = 'Started'
  })
})

afterEach(async () => {
  await site?.stop()
  site = undefined
  await removeFolder(join(folder, '..'))
})

const discovery = () => ask(`http://127.0.0.1:${port}/.well-known/openid-configuration`)

test('a site that stands serves the service, names itself and ends when it is told to', async () => {
  site = startSite(server)
  const { status, headers, body } = await discovery()
  expect(body).toContain(`"token_endpoint":"http://127.0.0.1:${port}/connect/token"`)
  expect(status).toBe(200)
  expect(headers).toMatchObject({ server: 'Microsoft-IIS/10.0', 'x-practice-process': String(site.pid) })
  expect(await events()).toEqual([[1032, `Application '${folder}' started successfully.`]])
  expect(await site.stop()).toBe(0)
})

test('a start-up exception is 500.30, with its words in the event log and not on the page', async () => {
  await writeSettings(folder, { ...goodSettings(), DbProvider: 'Oracle' })
  site = startSite(server)
  const { status, body } = await discovery()
  expect(status).toBe(500)
  expect(body).toContain('HTTP Error 500.30 - ASP.NET Core app failed to start')
  expect(body).not.toContain('Oracle')
  const found = await events()
  expect(found.map(([id]) => id)).toEqual([1018, 1007, 1010])
  expect(found[0]![1]).toContain(
    "Unhandled exception. System.NotSupportedException: DbProvider 'Oracle' is not supported by this build",
  )
  expect(found[2]![1]).toBe(`Failed to start application '/LM/W3SVC/2/ROOT', ErrorCode '0x8007023e'.`)
})

test('the stdout log holds the exception when web.config asks for one and the account may write there', async () => {
  await put(join(folder, 'web.config'), webConfig({ stdoutLogEnabled: 'true' }))
  await writeSettings(folder, { ...goodSettings(), DbProvider: 'Oracle' })
  await grant(folder, 'M')
  site = startSite(server)
  expect((await discovery()).status).toBe(500)
  const [log, ...others] = await readdir(join(folder, 'logs'))
  expect(others).toEqual([])
  expect(log).toMatch(new RegExp(`^stdout_\\d{14}_${site.pid}\\.log$`))
  expect(await readFile(join(folder, 'logs', log!), 'utf8')).toContain("DbProvider 'Oracle'")
})

test('an account that may not write the log leaves a warning, and the service runs', async () => {
  await put(join(folder, 'web.config'), webConfig({ stdoutLogEnabled: 'true' }))
  site = startSite(server)
  expect((await discovery()).status).toBe(200)
  expect((await events())[0]).toEqual([1026, expect.stringContaining('HRESULT 0x80070005')])
  await expect(readdir(join(folder, 'logs'))).rejects.toThrow('ENOENT')
})

test('a failed application stays failed until web.config changes or the pool is recycled', async () => {
  await writeSettings(folder, { ...goodSettings(), DbProvider: 'Oracle' })
  site = startSite(server)
  expect((await discovery()).status).toBe(500)
  await writeSettings(folder, goodSettings())
  expect((await discovery()).status).toBe(500)
  await server.change(({ runtime }) => (runtime.recycled[POOL] = 1))
  expect((await discovery()).status).toBe(200)
  await writeSettings(folder, { ...goodSettings(), DbProvider: 'Oracle' })
  expect((await discovery()).status).toBe(200)
  await utimes(join(folder, 'web.config'), new Date(), new Date(Date.now() + 5000))
  expect((await discovery()).status).toBe(500)
})

test('variables of web.config win over appsettings.json', async () => {
  await writeSettings(folder, { ...goodSettings(), DbProvider: 'Oracle' })
  await put(
    join(folder, 'web.config'),
    webConfig({}, { DbProvider: 'Postgres', IssuerUri: 'a &amp; &#x62;' }),
  )
  site = startSite(server)
  const { status, body } = await discovery()
  expect(status).toBe(200)
  expect(JSON.parse(body)).toMatchObject({ issuer: 'a & b' })
})

test.each([
  [
    '403.14',
    '/',
    () => rm(join(folder, 'web.config')),
    'HTTP Error 403.14 - Forbidden',
    'iis.web-config-missing',
  ],
  ['404.0', '/any', () => rm(join(folder, 'web.config')), 'HTTP Error 404.0 - Not Found', 'iis.not-found'],
  [
    '500.19 without the module',
    '/',
    () => server.change((state) => (state.module = null)),
    '0x8007000d',
    'iis.module-missing',
  ],
  [
    '500.19 with a bundle older than IIS',
    '/',
    () => server.change((state) => (state.module = { version: '18.0', registered: false })),
    '0x8007000d',
    'iis.module-before-iis',
  ],
  [
    '500.19 before IIS was restarted',
    '/',
    () => server.change(({ runtime }) => (runtime.iisRestartNeeded = true)),
    '0x8007000d',
    'iis.module-missing',
  ],
  [
    '500.19 no XML',
    '/',
    () => put(join(folder, 'web.config'), '<configuration>'),
    'not well-formed XML',
    'iis.web-config-malformed',
  ],
  ['500.19 no folder', '/', () => rm(folder, { recursive: true }), '0x80070003', 'iis.folder-missing'],
  ['500.19 denied', '/', () => deny(join(folder, 'web.config')), '0x80070005', 'iis.web-config-denied'],
] as const)('IIS itself answers %s', async (title, path, spoil, words, row) => {
  await spoil()
  site = startSite(server)
  const { status, headers, body } = await ask(`http://127.0.0.1:${port}${path}`)
  expect(status).toBe(Number(title.slice(0, 3)))
  expect(body).toContain(title.split(' ')[0])
  expect(body).toContain(words)
  expect(headers).toMatchObject({ server: 'Microsoft-IIS/10.0', 'x-practice-process': String(site.pid) })
  expect(await events()).toEqual([])
  expect((await diagnosed(status, body))?.id).toBe(row)
})

test('pages of IIS are in the language of Windows, pages of the module are not', async () => {
  await server.change((state) =>
    Object.assign(state, { system: { ...state.system, language: 'de' }, module: null }),
  )
  site = startSite(server)
  const german = (await discovery()).body
  expect(german).toContain('<h3>HTTP-Fehler 500.19 - Internal Server Error</h3>')
  expect(german).toContain('0x8007000d')
  await server.change((state) => {
    state.module = { version: '18.0', registered: true }
    state.runtimes = { 'Microsoft.AspNetCore.App': ['6.0.36'] }
  })
  expect((await discovery()).body).toContain('HTTP Error 500.31 - ANCM Failed to Find Native Dependencies')
})

test.each([
  [
    '500.31',
    () =>
      server.change(
        (state) =>
          (state.runtimes = {
            'Microsoft.NETCore.App': ['8.0.11'],
            'Microsoft.AspNetCore.App': ['6.0.36', '9.0.1'],
          }),
      ),
    [1027, "Framework: 'Microsoft.AspNetCore.App', version '8.0.10'"],
    '0x8000ffff',
    'runtime.missing',
  ],
  [
    '500.31',
    () => rm(join(folder, 'IdentityService.dll')),
    [1027, 'The application to execute does not exist'],
    '0x8000ffff',
    'service.dll-missing',
  ],
  [
    '500.0',
    () => server.change((state) => (state.runtimes = {})),
    [1027, 'Could not find dotnet.exe'],
    '0x8007023e',
    'runtime.dotnet-not-found',
  ],
  [
    '500.32',
    () => server.change(({ iis }) => (iis.pools[0]!.attributes['enable32BitAppOnWin64'] = 'true')),
    [1010, 'Failed to start application'],
    '0x800700c1',
    'iis.bitness',
  ],
  [
    '500.35',
    () => secondSite(webConfig()),
    [1008, 'Only one in-process application is allowed'],
    '0x80004005',
    'iis.pool-shared',
  ],
  [
    '500.34',
    () => secondSite(webConfig({ hostingModel: 'OutOfProcess' })),
    [1009, 'Mixed hosting model is not supported'],
    '0x80004005',
    'iis.mixed-hosting',
  ],
  [
    '500.37',
    async () => {
      await put(join(folder, 'web.config'), webConfig({ startupTimeLimit: '1' }))
      await server.change(({ runtime }) =>
        runtime.faults.push({ tool: 'w3wp', at: 1, how: { kind: 'hang' } }),
      )
    },
    [1007, "Managed server didn't initialize after 1000 ms."],
    '0x8007023e',
    'iis.start-too-slow',
  ],
  [
    '502.5',
    async () => {
      await put(join(folder, 'web.config'), webConfig({ hostingModel: 'outofprocess' }))
      await writeSettings(folder, { ...goodSettings(), DbProvider: 'Oracle' })
    },
    [1000, 'either crashed, did not respond'],
    undefined,
    'iis.process-start',
  ],
] as const)('the module answers %s (case %#)', async (number, spoil, [id, words], hresult, row) => {
  await spoil()
  site = startSite(server)
  const { status, body } = await discovery()
  expect(`${status}`).toBe(number.slice(0, 3))
  expect(body).toContain(`HTTP Error ${number} - `)
  expect((await diagnosed(status, body))?.id).toBe(row)
  const found = await events()
  expect(found.some(([one, text]) => one === id && text.includes(words))).toBe(true)
  if (hresult !== undefined)
    expect(found.at(-1)).toEqual([
      1010,
      `Failed to start application '/LM/W3SVC/2/ROOT', ErrorCode '${hresult}'.`,
    ])
})

test.each([
  [
    'is not there',
    () => rm(join(folder, 'openssl.pfx')),
    'The system cannot find the file specified.',
    'certificate.missing',
  ],
  ['may not be read', () => deny(join(folder, 'openssl.pfx')), 'Access is denied.', 'certificate.unreadable'],
  [
    'finds no user profile',
    () => server.change(({ iis }) => (iis.pools[0]!.elements['processModel']!.attributes = {})),
    'The system cannot find the file specified.',
    'iis.user-profile',
  ],
] as const)('a PFX that %s ends the start in the words of Windows', async (_, spoil, words, row) => {
  await spoil()
  site = startSite(server)
  const { status, body } = await discovery()
  expect(body).toContain('500.30')
  expect((await diagnosed(status, body))?.id).toBe(row)
  expect((await events())[0]![1]).toContain(
    `Unhandled exception. System.Security.Cryptography.CryptographicException: ${words}`,
  )
})

test('settings that the account may not read are named', async () => {
  await deny(join(folder, 'appsettings.json'))
  site = startSite(server)
  expect((await discovery()).body).toContain('500.30')
  expect((await events())[0]![1]).toContain(
    `System.UnauthorizedAccessException: Access to the path '${join(folder, 'appsettings.json')}' is denied.`,
  )
})

test('a stopped pool is 503, and the site serves again when it is started', async () => {
  await server.change(({ iis }) => (iis.poolStates[POOL] = 'Stopped'))
  site = startSite(server)
  const { status, headers, body } = await discovery()
  expect([status, headers.server]).toEqual([503, 'Microsoft-HTTPAPI/2.0'])
  expect(body).toContain('HTTP Error 503. The service is unavailable.')
  expect(headers['x-practice-process']).toBe(String(site.pid))
  await server.change(({ iis }) => (iis.poolStates[POOL] = 'Started'))
  expect((await discovery()).status).toBe(200)
})

test.each([
  ['the wrong password', 'wrong', ['S-1-5-32-568'], []],
  ['no right to log on as a batch job', 'right', ['S-1-5-32-544'], []],
  ['a refusal of that right', 'right', ['S-1-5-32-568'], ['S-1-5-21-1-2-3-1001']],
] as const)(
  'an account with %s stops the pool with the first request',
  async (_, password, allowed, denied) => {
    await asUser(password, { SeBatchLogonRight: [...allowed], SeDenyBatchLogonRight: [...denied] })
    site = startSite(server)
    expect((await discovery()).status).toBe(503)
    const { iis, events: log } = await server.read()
    expect(iis.poolStates[POOL]).toBe('Stopped')
    expect(log.map((event) => [event.log, event.provider, event.id])).toEqual(
      [5021, 5057, 5059].map((id) => ['System', 'Microsoft-Windows-WAS', id]),
    )
    expect((await discovery()).status).toBe(503)
    expect((await server.read()).events).toHaveLength(3)
  },
)

test('an account with the right password serves', async () => {
  await asUser('right', { SeBatchLogonRight: ['S-1-5-32-568'] })
  site = startSite(server)
  expect((await discovery()).status).toBe(200)
})

test('names that no binding has are refused by HTTP.sys', async () => {
  await bindings([{ protocol: 'http', port, host: 'id.example.com' }])
  site = startSite(server)
  const refused = await discovery()
  expect([refused.status, refused.headers.server]).toEqual([400, 'Microsoft-HTTPAPI/2.0'])
  expect(refused.body).toContain('Bad Request - Invalid Hostname')
  const named = await ask(`http://127.0.0.1:${port}/.well-known/openid-configuration`, {
    host: `ID.example.com:${port}`,
  })
  expect(named.status).toBe(200)
})

test('a stopped site listens no more, a started one does, a deleted one ends its process', async () => {
  site = startSite(server)
  expect((await discovery()).status).toBe(200)
  await server.change(({ iis }) => (iis.siteStates[SITE] = 'Stopped'))
  await expect.poll(() => listens(port)).toBe(false)
  await server.change(({ iis }) => (iis.siteStates[SITE] = 'Started'))
  expect((await discovery()).status).toBe(200)
  await server.change(({ iis }) => (iis.sites = []))
  expect(await site.ended).toBe(0)
})

test.each([
  ['PermRedirect', 308],
  ['Permanent', 301],
  ['Found', 302],
] as const)('a site that redirects (%s) keeps path and query', async (httpResponseStatus, status) => {
  await server.change(({ iis }) => {
    const attributes = { enabled: 'true', destination: 'https://id.example.com/', httpResponseStatus }
    iis.locations[SITE] = { 'system.webServer/httpRedirect': { attributes, elements: {}, items: [] } }
  })
  site = startSite(server)
  const reply = await ask(`http://127.0.0.1:${port}/connect/token?a=b`)
  expect([reply.status, reply.headers.location]).toEqual([status, 'https://id.example.com/connect/token?a=b'])
  await server.change(({ features }) => (features['IIS-HttpRedirect'] = 'Disabled'))
  expect((await ask(`http://127.0.0.1:${port}/connect/token?a=b`)).status).not.toBe(status)
})

test('https shows the certificate of HTTP.sys: by name, by address, or none', async () => {
  await makePfx(home, 'other')
  const pem = {
    good: await readFile(join(home, 'good.crt'), 'utf8'),
    other: await readFile(join(home, 'other.crt'), 'utf8'),
  }
  const secure = await freePort()
  await bindings([
    { protocol: 'http', port },
    { protocol: 'https', port: secure, host: '' },
  ])
  site = startSite(server)
  expect((await discovery()).status).toBe(200)
  const url = `https://127.0.0.1:${secure}/.well-known/openid-configuration`
  await expect(ask(url)).rejects.toThrow(/ECONNRESET|hang up|handshake|disconnected/)

  await addCertificate('good', `0.0.0.0:${secure}`)
  await addCertificate('other', `id.example.com:${secure}`)
  const shown = async (servername?: string) =>
    ask(url, { ca: pem.good, ...(servername === undefined ? {} : { servername }) }).then(
      ({ status, body }) =>
        [status, (JSON.parse(body) as { token_endpoint: string }).token_endpoint] as const,
    )
  await expect
    .poll(() => shown().catch(() => undefined))
    .toEqual([200, `https://127.0.0.1:${secure}/connect/token`])
  await expect(ask(url, { ca: pem.good, servername: 'id.example.com' })).rejects.toThrow(
    /self-signed|unable to verify/,
  )
})

/** What the table of causes says of an answer, and of what the server knows beside it. */
async function diagnosed(status: number, body: string): Promise<Diagnosis | undefined> {
  const { events: log, iis, module } = await server.read()
  const profile = iis.pools[0]!.elements['processModel']?.attributes['loadUserProfile'] === 'true'
  const state = module === null ? 'missing' : module.registered ? 'ready' : 'before-iis'
  return diagnose({
    ...readErrorPage({ status, body }),
    events: log.map(({ provider, id, data }) => ({ provider, id, text: data.join('\n') })).reverse(),
    pool: iis.poolStates[POOL]!,
    poolSettings: { loadUserProfile: profile },
    site: 'Started',
    // As the wizard sees it: what was installed and not yet taken up by IIS is not there.
    module: (await server.read()).runtime.iisRestartNeeded === true ? 'missing' : state,
  })
}

/** Makes the list of a path one that names SYSTEM and Administrators alone. */
async function deny(path: string): Promise<void> {
  await server.change((state) => setAccess(state, path, 'D:P(A;;FA;;;SY)(A;;FA;;;BA)'))
}

/** Lets the pool's own account modify a folder. */
async function grant(path: string, rights: 'M'): Promise<void> {
  const mask = { M: '0x1301bf' }[rights]
  await server.change((state) => setAccess(state, path, `D:(A;OICI;${mask};;;${poolSid(POOL)})`))
}

async function setAccess(state: ServerState, path: string, sddl: string): Promise<void> {
  await writeDacl(state, path, parseSddl(sddl)!)
}

async function bindings(wanted: readonly WantedBinding[]): Promise<void> {
  await server.change(({ iis }) => (iis.sites = [siteElement(SITE, 2, POOL, folder, wanted)]))
}

/** Another site, older than ours, whose application is in the same pool. */
async function secondSite(config: string): Promise<void> {
  const other = join(folder, '..', 'Other')
  await put(join(other, 'web.config'), config)
  await server.change(({ iis }) => {
    iis.sites.push(siteElement('Other', 1, POOL, other, []))
    iis.siteStates['Other'] = 'Started'
  })
}

async function asUser(password: string, privileges: Record<string, string[]>): Promise<void> {
  const sid = 'S-1-5-21-1-2-3-1001'
  const passwordHash = createHash('sha256').update('right').digest('hex')
  await server.change((state) => {
    state.users.push({ name: 'CORP\\svc-id', sid, kind: 'domain', passwordHash, memberOf: [] })
    state.privileges = privileges
    const model = {
      identityType: 'SpecificUser',
      userName: 'corp\\SVC-ID',
      password: server.protect(password),
    }
    state.iis.pools = [poolElement(POOL, model)]
  })
}

async function addCertificate(name: string, endpoint: string): Promise<void> {
  const pem = await readFile(join(home, `${name}.crt`), 'utf8')
  const key = await readFile(join(home, `${name}.key`), 'utf8')
  const thumbprint = createHash('sha1').update(new X509Certificate(pem).raw).digest('hex')
  await server.change((state) => {
    state.certificates.push({
      thumbprint: thumbprint.toUpperCase(),
      friendlyName: name,
      hasPrivateKey: true,
      keyUsable: true,
      pem,
      chainPem: [],
      protectedKey: server.protect(key),
    })
    const kind = endpoint.startsWith('0.') ? 'ip' : 'sni'
    state.sslBindings.push({
      endpoint,
      kind,
      hash: thumbprint,
      appId: '{4dc3e181-e14b-4a21-b022-59fc669b0914}',
      store: 'MY',
    })
  })
}

function listens(at: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(at, '127.0.0.1')
      .once('connect', () => {
        socket.destroy()
        resolve(true)
      })
      .once('error', () => resolve(false))
  })
}

function goodSettings() {
  return {
    DbProvider: 'Postgres',
    DatabaseConnectionString: postgres.connectionString.open(),
    X509CertificatePath: 'openssl.pfx',
    Clients: '',
  }
}

async function events(): Promise<(readonly [number, string])[]> {
  return (await server.read()).events.map(({ id, data }) => [id, data[0] ?? ''] as const)
}
