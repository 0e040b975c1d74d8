import type { Recording } from './recording.ts'
import { APPCMD } from './recordings-appcmd.ts'
import { CERTIFICATES } from './recordings-certificates.ts'
import { POWERSHELL } from './recordings-powershell.ts'

const APP_ID = '{4dc3e181-e14b-4a21-b022-59fc669b0914}'
const WAS_EVENTS = "*[System[Provider[@Name='Microsoft-Windows-WAS']]]"
const NO_EVENTS = "*[System[Provider[@Name='Recording-Missing']]]"

/** Says which Windows answers. */
const SYSTEM: readonly Recording[] = [
  reg('windows-version', String.raw`HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion`),
  reg('windows-language', String.raw`HKLM\SYSTEM\CurrentControlSet\Control\Nls\Language`),
  reg('console-code-page', String.raw`HKLM\SYSTEM\CurrentControlSet\Control\Nls\CodePage`, '/v', 'OEMCP'),
  { name: 'token', tool: 'whoami', args: () => ['/groups', '/fo', 'csv', '/nh'] },
  { name: 'file-system-filters', tool: 'fltMC.exe', args: () => [] },
]

const HTTP_SYS: readonly Recording[] = [
  { name: 'sslcert', tool: 'netsh', args: () => ['http', 'show', 'sslcert'] },
  { name: 'sslcert-json', tool: 'netsh', args: () => ['http', 'show', 'sslcert', 'json=enable'] },
  {
    name: 'sslcert-missing',
    tool: 'netsh',
    args: ({ port }) => ['http', 'show', 'sslcert', `ipport=0.0.0.0:${port}`],
  },
  {
    name: 'sslcert-name-without-store',
    tool: 'netsh',
    args: ({ port }) => [
      'http',
      'add',
      'sslcert',
      `hostnameport=recording.invalid:${port}`,
      `certhash=${'0'.repeat(40)}`,
      `appid=${APP_ID}`,
    ],
  },
  reg(
    'sslcert-registry',
    String.raw`HKLM\SYSTEM\CurrentControlSet\Services\HTTP\Parameters\SslBindingInfo`,
    '/s',
  ),
  { name: 'request-queues', tool: 'netsh', args: () => ['http', 'show', 'servicestate', 'view=requestq'] },
]

const RIGHTS: readonly Recording[] = [
  {
    name: 'rights-handed-down-on-a-file',
    tool: 'icacls',
    args: ({ file }) => [file, '/grant', '*S-1-5-32-545:(OI)(CI)R'],
  },
  {
    name: 'rights-saved',
    tool: 'icacls',
    args: ({ folder, file }) => [file, '/save', `${folder}.rights`],
    writes: ({ folder }) => `${folder}.rights`,
  },
  {
    name: 'user-rights-export',
    tool: 'secedit',
    args: ({ folder }) => ['/export', '/cfg', `${folder}.inf`, '/areas', 'USER_RIGHTS', '/quiet'],
    writes: ({ folder }) => `${folder}.inf`,
  },
]

const OTHERS: readonly Recording[] = [
  {
    name: 'feature-unknown',
    tool: 'dism',
    args: () => ['/Online', '/English', '/NoRestart', '/Enable-Feature', '/FeatureName:Recording-Missing'],
  },
  {
    name: 'event',
    tool: 'wevtutil',
    args: () => ['qe', 'Application', '/c:1', '/rd:true', '/f:RenderedXml', '/uni:true'],
  },
  {
    name: 'events-none',
    tool: 'wevtutil',
    args: () => ['qe', 'Application', `/q:${NO_EVENTS}`, '/uni:true'],
  },
  {
    name: 'events-none-with-root',
    tool: 'wevtutil',
    args: () => ['qe', 'Application', `/q:${NO_EVENTS}`, '/e:Events'],
  },
]

const AFTERWARDS: readonly Recording[] = [
  {
    name: 'events-of-was',
    tool: 'wevtutil',
    args: () => ['qe', 'System', `/q:${WAS_EVENTS}`, '/c:10', '/rd:true', '/f:RenderedXml', '/uni:true'],
  },
]

/** Everything that is recorded. Only objects of the recorder are changed, and they are removed again. */
export const RECORDINGS: readonly Recording[] = [
  ...SYSTEM,
  ...HTTP_SYS,
  ...RIGHTS,
  ...OTHERS,
  ...APPCMD,
  ...POWERSHELL,
  ...CERTIFICATES,
  ...AFTERWARDS,
]

function reg(name: string, key: string, ...more: readonly string[]): Recording {
  return { name, tool: 'reg', args: () => ['query', key, ...more, '/reg:64'] }
}
