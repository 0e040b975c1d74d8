import { describe, expect, it } from 'vitest'
import { restartIis, type ServiceState, serviceState } from '../../../electron/windows/services.ts'
import { type Answer, codePage, LANGUAGES, scriptedWindows } from './scripted-windows.ts'

const LABELS = {
  English: ['SERVICE_NAME', 'TYPE', 'STATE', 'WIN32_EXIT_CODE'],
  German: ['SERVICE_NAME', 'TYP', 'STATE', 'WIN32_EXIT_CODE'],
  Russian: ['Имя_службы', 'Тип', 'Состояние', 'Код_выхода_Win32'],
} as const
const MISSING = {
  English:
    '[SC] EnumQueryServicesStatus:OpenService FAILED 1060:\r\n\r\nThe specified service does not exist as an installed service.\r\n',
  German:
    '[SC] EnumQueryServicesStatus:OpenService FEHLER 1060:\r\n\r\nDer angegebene Dienst ist kein installierter Dienst.\r\n',
  Russian:
    '[SC] EnumQueryServicesStatus:OpenService: ошибка: 1060:\r\n\r\nУказанная служба не установлена.\r\n',
} as const
type Language = keyof typeof LABELS

const NUMBERS = {
  STOPPED: 1,
  START_PENDING: 2,
  STOP_PENDING: 3,
  RUNNING: 4,
  CONTINUE_PENDING: 5,
  PAUSE_PENDING: 6,
  PAUSED: 7,
} as const

function says(name: string, state: keyof typeof NUMBERS, language: Language = 'English'): string {
  const [service, type, label, exit] = LABELS[language]
  return [
    '',
    `${service}: ${name}`,
    `        ${type}               : 20  WIN32_SHARE_PROCESS `,
    `        ${label}              : ${NUMBERS[state]}  ${state} `,
    '                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)',
    `        ${exit}    : 0  (0x0)`,
    '',
  ].join('\r\n')
}

describe.each(LANGUAGES)('a $language service', ({ language, page }) => {
  it.each(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[])('is %s', async (state) => {
    const { machine } = scriptedWindows({
      ...codePage(page),
      'sc | query | W3SVC': { out: says('W3SVC', state, language), page },
    })
    expect(await serviceState(machine, 'W3SVC')).toBe(state.toLowerCase().replace('_', '-') as ServiceState)
  })

  it('is not there', async () => {
    const { machine } = scriptedWindows({
      ...codePage(page),
      'sc | query | W3SVC': { code: 1060, out: MISSING[language], page },
    })
    expect(await serviceState(machine, 'W3SVC')).toBeUndefined()
  })
})

it('a kernel driver is no state of its own', async () => {
  const out = says('HTTP', 'RUNNING').replace('20  WIN32_SHARE_PROCESS', '1  KERNEL_DRIVER')
  const { machine } = scriptedWindows({ 'sc | query | HTTP': { out } })
  expect(await serviceState(machine, 'HTTP')).toBe('running')
})

it.each([
  ['windows.service-unreadable', { code: 5, out: '[SC] OpenService FAILED 5:' }],
  ['windows.unreadable-answer', { out: '' }],
  ['windows.unreadable-answer', { out: says('W3SVC', 'RUNNING').slice(0, 90) }],
  ['process.timeout', { rejects: 'process.timeout' as const }],
])('an answer that says nothing is an error: %s', async (code, answer) => {
  const { machine } = scriptedWindows({ 'sc | query | W3SVC': answer })
  await expect(serviceState(machine, 'W3SVC')).rejects.toMatchObject({ problem: { code } })
})

describe('a restart of IIS', () => {
  const absent: Answer = { code: 1060, out: MISSING.English }
  const is = (name: string, state: keyof typeof NUMBERS): Answer => ({ out: says(name, state) })
  const calm = {
    'sc | query | NetTcpActivator': absent,
    'sc | query | NetPipeActivator': absent,
    'sc | query | NetMsmqActivator': absent,
    'sc | query | WAS': is('WAS', 'STOPPED'),
    'sc | query | W3SVC': is('W3SVC', 'RUNNING'),
    'net | stop | was | /y': { out: 'Der Dienst wurde beendet.' },
    'net | start | w3svc': { out: 'Der Dienst wurde gestartet.' },
  } satisfies Record<string, Answer>
  const controls = (calls: readonly string[]) => calls.filter((call) => call.startsWith('net'))

  it('stops WAS with all that needs it, and starts IIS', async () => {
    const { machine, calls } = scriptedWindows(calm)
    await restartIis(machine)
    expect(controls(calls)).toEqual(['net | stop | was | /y', 'net | start | w3svc'])
  })

  it.each(LANGUAGES)('does not mind that it was stopped, in $language', async ({ page }) => {
    const { machine } = scriptedWindows({
      ...calm,
      ...codePage(page),
      'net | stop | was | /y': { code: 2, err: 'Служба не запущена.', page: 'cp866' },
      'net | start | w3svc': { code: 2, err: 'Служба уже запущена.', page: 'cp866' },
    })
    await restartIis(machine)
  })

  it('waits for what is on its way', async () => {
    const { machine, calls } = scriptedWindows({
      ...calm,
      'sc | query | WAS': [is('WAS', 'STOP_PENDING'), is('WAS', 'STOP_PENDING'), is('WAS', 'STOPPED')],
      'sc | query | W3SVC': [is('W3SVC', 'START_PENDING'), is('W3SVC', 'RUNNING')],
    })
    await restartIis(machine)
    expect(calls.filter((call) => call.endsWith('WAS'))).toHaveLength(3)
  })

  it('starts the other services that were stopped with WAS', async () => {
    const { machine, calls } = scriptedWindows({
      ...calm,
      'sc | query | NetTcpActivator': is('NetTcpActivator', 'RUNNING'),
      'sc | query | NetPipeActivator': is('NetPipeActivator', 'STOPPED'),
      'net | start | NetTcpActivator': {},
    })
    await restartIis(machine)
    expect(controls(calls)).toEqual([
      'net | stop | was | /y',
      'net | start | w3svc',
      'net | start | NetTcpActivator',
    ])
  })

  it.each([
    ['refuses', { code: 2, out: 'System error 5 has occurred.' }],
    ['hangs', { rejects: 'process.timeout' as const }],
  ])('leaves IIS running when the stop %s', async (_, stop) => {
    const { machine, calls } = scriptedWindows({
      ...calm,
      'net | stop | was | /y': stop,
      'sc | query | WAS': is('WAS', 'RUNNING'),
    })
    await expect(restartIis(machine)).rejects.toMatchObject({
      problem: { code: 'windows.iis-not-stopped', untouched: expect.any(String) },
    })
    expect(calls).toContain('net | start | w3svc')
  })

  it('says that IIS did not start again, above all', async () => {
    const { machine } = scriptedWindows({
      ...calm,
      'sc | query | WAS': is('WAS', 'RUNNING'),
      'sc | query | W3SVC': is('W3SVC', 'STOPPED'),
    })
    await expect(restartIis(machine)).rejects.toMatchObject({
      problem: { code: 'windows.iis-not-started', next: expect.stringContaining('net start W3SVC') },
    })
  })

  it('does not wait for ever', async () => {
    const { machine } = scriptedWindows({ ...calm, 'sc | query | W3SVC': is('W3SVC', 'START_PENDING') })
    await expect(restartIis(machine)).rejects.toMatchObject({ problem: { code: 'windows.iis-not-started' } })
  })

  it('does not begin when it was cancelled before', async () => {
    const { machine, calls } = scriptedWindows(calm)
    await expect(restartIis(machine, AbortSignal.abort())).rejects.toThrow('aborted')
    expect(calls).toEqual([])
  })
})
