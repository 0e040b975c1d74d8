import type { Place, Recording } from './recording.ts'

const POOL = 'RecordingPool'
const SITE = 'RecordingSite'
/** Letters beyond ASCII: how they come back tells the encodings. No secret. */
const LETTERS = 'Prüfung-Ж'
const NAMED_BEYOND_ASCII = 'RecordingPÜOL'

const redirectOf = (site: string) => [
  'list',
  'config',
  site,
  '/section:system.webServer/httpRedirect',
  '/xml',
]

/** How appcmd answers, and what it does, tried on pools and sites of the recorder. */
export const APPCMD: readonly Recording[] = [
  ask('modules', 'list', 'module', '/xml'),
  ask('pool-missing', 'list', 'apppool', 'RecordingMissing'),
  ask('pools-none', 'list', 'apppool', '/managedRuntimeVersion:v9.9', '/xml'),

  given('pool-added', poolXml(POOL, `<add name="${POOL}" />`), 'add', 'apppool', '/in'),
  ask('pool', 'list', 'apppool', POOL, '/config:*', '/xml'),
  given('pool-added-without-config', poolXml('RecordingBare', ''), 'add', 'apppool', '/in'),
  ask('pool-bare', 'list', 'apppool', 'RecordingBare', '/config:*', '/xml'),
  ask('pool-bare-deleted', 'delete', 'apppool', 'RecordingBare'),
  ask('pool-started-again', 'start', 'apppool', POOL),
  ask('pool-stopped', 'stop', 'apppool', POOL),
  ask('pool-stopped-again', 'stop', 'apppool', POOL),
  ask('pool-recycled-while-stopped', 'recycle', 'apppool', POOL),
  ask('pool-unknown-attribute', 'set', 'apppool', POOL, '/nonsense:true'),
  ask('pool-wrong-value', 'set', 'apppool', POOL, '/enable32BitAppOnWin64:maybe'),
  ask('pool-without-key', 'set', 'apppool', 'RecordingMissing', '/autoStart:false'),
  given(
    'pool-set-by-input',
    poolXml(POOL, `<add name="${POOL}" enable32BitAppOnWin64="true" />`),
    'set',
    'apppool',
    '/in',
  ),
  given(
    'pool-with-letters',
    poolXml(
      'RecordingLetters',
      `<add name="RecordingLetters"><processModel identityType="SpecificUser" userName=".\\RecordingNobody" password="${LETTERS}" /></add>`,
    ),
    'add',
    'apppool',
    '/in',
  ),
  ask('pool-letters', 'list', 'apppool', 'RecordingLetters', '/config:*', '/xml'),
  ask('pool-letters-as-text', 'list', 'apppool', 'RecordingLetters', '/text:processModel.password'),

  ask('pool-named-beyond-ascii', 'add', 'apppool', `/name:${NAMED_BEYOND_ASCII}`),
  {
    name: 'account-beyond-ascii',
    tool: 'icacls',
    args: ({ file }) => [file, '/grant', `IIS AppPool\\${NAMED_BEYOND_ASCII}:R`],
  },
  {
    name: 'account-beyond-ascii-saved',
    tool: 'icacls',
    args: ({ folder, file }) => [file, '/save', `${folder}.sid`],
    writes: ({ folder }) => `${folder}.sid`,
  },
  ask('pool-named-beyond-ascii-deleted', 'delete', 'apppool', NAMED_BEYOND_ASCII),

  at('site-added', ({ folder, port }) => [
    'add',
    'site',
    `/name:${SITE}`,
    `/bindings:http/*:${port}:`,
    `/physicalPath:${folder}`,
  ]),
  ask('site-with-letters-pool', 'set', 'app', `${SITE}/`, '/applicationPool:RecordingLetters'),
  ask('site-started', 'start', 'site', SITE),
  { name: 'site-whose-pool-cannot-log-on', request: ({ port }) => `http://127.0.0.1:${port}/` },
  at('site-bindings-set', ({ port }) => ['set', 'site', SITE, `/bindings:http/*:${port + 1}:`]),
  ask('site-bindings', 'list', 'site', SITE, '/config:*', '/xml'),
  at('site-ipv6-added', (place) => ['set', 'site', SITE, `/+bindings.${ipv6Selector(place)}`]),
  at('site-ipv6-removed', (place) => ['set', 'site', SITE, `/-bindings.${ipv6Selector(place)}`]),
  at('twin-added', ({ folder, port }) => [
    'add',
    'site',
    '/name:RecordingTwin',
    `/bindings:http/*:${port + 1}:`,
    `/physicalPath:${folder}`,
  ]),
  ask('twin-started', 'start', 'site', 'RecordingTwin'),
  at('twin-on-a-taken-port', ({ takenPort }) => [
    'set',
    'site',
    'RecordingTwin',
    `/bindings:http/*:${takenPort}:`,
  ]),
  ask('twin-started-on-a-taken-port', 'start', 'site', 'RecordingTwin'),
  ask('twin-deleted', 'delete', 'site', 'RecordingTwin'),

  ask(
    'redirect-set',
    'set',
    'config',
    SITE,
    '/section:system.webServer/httpRedirect',
    '/enabled:false',
    '/commit:apphost',
  ),
  ask('redirect', ...redirectOf(SITE)),
  ask('site-deleted', 'delete', 'site', SITE),
  ask('redirect-of-a-deleted-site', ...redirectOf(SITE)),
  ask('pool-letters-deleted', 'delete', 'apppool', 'RecordingLetters'),
  ask('pool-deleted', 'delete', 'apppool', POOL),
  ask('backup-added', 'add', 'backup', 'Recording'),
  ask('backup-deleted', 'delete', 'backup', 'Recording'),
]

function ask(name: string, ...args: readonly string[]): Recording {
  return { name, tool: 'appcmd', args: () => args }
}

function at(name: string, args: (place: Place) => readonly string[]): Recording {
  return { name, tool: 'appcmd', args }
}

function given(name: string, stdin: string, ...args: readonly string[]): Recording {
  return { name, tool: 'appcmd', args: () => args, stdin: () => stdin }
}

function poolXml(name: string, inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><appcmd><APPPOOL APPPOOL.NAME="${name}">${inner}</APPPOOL></appcmd>`
}

function ipv6Selector({ port }: Place): string {
  return `[protocol='http',bindingInformation='[::1]:${port + 2}:']`
}
