import { describe, expect, it } from 'vitest'
import { portHolders, urlsOfHttpSys } from '../../../electron/windows/ports.ts'
import { codePage, LANGUAGES, scriptedWindows } from './scripted-windows.ts'

const TCP = 'netstat | -ano | -p | TCP'
const TCP6 = 'netstat | -ano | -p | TCPv6'
const URLS = 'netsh | http | show | servicestate | view=requestq | verbose=no'
const task = (pid: number) => `tasklist | /fi | PID eq ${pid} | /fo | csv | /nh`

const WORDS = {
  English: {
    head: 'Active Connections',
    listening: 'LISTENING',
    established: 'ESTABLISHED',
    none: 'INFO: No tasks are running which match the specified criteria.',
  },
  German: {
    head: 'Aktive Verbindungen',
    listening: 'ABHÖREN',
    established: 'HERGESTELLT',
    none: 'INFORMATION: Es werden keine Aufgaben mit den angegebenen Kriterien ausgeführt.',
  },
  Russian: {
    head: 'Активные подключения',
    listening: 'LISTENING',
    established: 'ESTABLISHED',
    none: 'Информация: Задачи, отвечающие заданным критериям, отсутствуют.',
  },
} as const

const OLD = [
  '',
  'Snapshot of HTTP service state (Request Queue View): ',
  '-----------------------------------------------------',
  '',
  'Request queue name: DefaultAppPool',
  '    Version: 2.0',
  '    State: Active',
  '    Max requests: 1000',
  '    Number of active processes attached: 1',
  '    Process IDs:',
  '        3248',
  '    URL groups:',
  '    URL group ID: FE00000040000001',
  '        State: Active',
  '        Number of registered URLs: 2',
  '        Registered URLs:',
  '            HTTP://*:80/',
  '            HTTPS://SHOP.EXAMPLE.COM:443:10.0.0.1/MY APP/',
  '',
  'Request queue name: Idle',
  '    Number of active processes attached: 0',
  '        Registered URLs:',
  '            HTTP://[::1]:8080/',
  '',
].join('\r\n')
const NEW = [
  'Имя очереди запросов: Pool',
  '    Версия: 2.0',
  '    Число подключенных активных процессов: 2',
  '    Процессы:',
  '        ИД: 2688, образ: C:\\Windows\\System32\\svchost.exe',
  '        Службы: WinRM',
  '        ИД: 77, образ: <?>',
  '    Зарегистрированные URL-адреса:',
  '        HTTP://+:5985/WSMAN/',
  '',
].join('\r\n')

describe.each(LANGUAGES)('ports on a $language Windows', ({ language, page }) => {
  const { head, listening, established, none } = WORDS[language]
  const text = [
    '',
    head,
    '',
    '  Proto  x  y  z  PID',
    `  TCP    0.0.0.0:80             0.0.0.0:0              ${listening}       4`,
    `  TCP    0.0.0.0:8080           0.0.0.0:0              ${listening}       1234`,
    `  TCP    127.0.0.1:8090         0.0.0.0:0              ${listening}       99`,
    `  TCP    10.0.0.1:50123         10.0.0.2:8091          ${established}     2000`,
    `  TCP    10.0.0.1:8091          10.0.0.2:50123         ${established}     2000`,
    '',
  ].join('\r\n')
  const text6 = `\r\n  TCP    [::]:8080              [::]:0                 ${listening}       1234\r\n  TCP    [::1]:8092  [::]:0  ${listening}  7\r\n`
  const script = {
    ...codePage(page),
    [TCP]: { out: text, page },
    [TCP6]: { out: text6, page },
    [task(4)]: { out: '"System","4","Services","0","144 K"\r\n' },
    [task(1234)]: { out: '"nginx.exe","1234","Console","1","9\u00A0144 K"\r\n', page },
    [task(99)]: { out: `${none}\r\n`, page },
    [task(7)]: { out: '"node.exe","7","Console","1","1 K"\r\n' },
    [URLS]: { out: OLD, page },
  }

  it.each([
    [80, [{ pid: 4, process: 'System', urls: ['HTTP://*:80/'] }]],
    [8080, [{ pid: 1234, process: 'nginx.exe' }]],
    [8090, [{ pid: 99 }]],
    [8091, []],
    [8092, [{ pid: 7, process: 'node.exe' }]],
    [808, []],
    [50123, []],
  ])('%i', async (port, holders) => {
    const { machine } = scriptedWindows(script)
    expect(await portHolders(machine, port)).toEqual(holders)
  })

  it('of HTTP.sys may be secret', async () => {
    const { machine } = scriptedWindows({ ...script, [URLS]: { code: 1, out: 'ABHÖREN', page } })
    expect(await portHolders(machine, 80)).toEqual([{ pid: 4, process: 'System' }])
  })

  it('are read where IPv6 is switched off', async () => {
    const { machine } = scriptedWindows({ ...script, [TCP6]: { code: 1, out: 'ABHÖREN', page } })
    expect(await portHolders(machine, 8080)).toEqual([{ pid: 1234, process: 'nginx.exe' }])
  })
})

it('addresses of HTTP.sys in the old form', async () => {
  const { machine } = scriptedWindows({ [URLS]: { out: OLD } })
  expect(await urlsOfHttpSys(machine)).toEqual([
    { url: 'HTTP://*:80/', port: 80, pids: [3248] },
    { url: 'HTTPS://SHOP.EXAMPLE.COM:443:10.0.0.1/MY APP/', port: 443, pids: [3248] },
    { url: 'HTTP://[::1]:8080/', port: 8080, pids: [] },
  ])
})

it.each(['utf8', 'cp866'])('addresses of HTTP.sys in the new form, Russian in %s', async (page) => {
  const { machine } = scriptedWindows({ ...codePage('cp866'), [URLS]: { out: NEW, page } })
  expect(await urlsOfHttpSys(machine)).toEqual([
    { url: 'HTTP://+:5985/WSMAN/', port: 5985, pids: [2688, 77] },
  ])
})

it.each([
  ['windows.ports-unreadable', { code: 1 }],
  ['process.timeout', { rejects: 'process.timeout' as const }],
])('ports that are not listed are not free: %s', async (code, answer) => {
  const { machine } = scriptedWindows({ [TCP]: answer, [TCP6]: {} })
  await expect(portHolders(machine, 80)).rejects.toMatchObject({ problem: { code } })
})

it('addresses that are not told are an error', async () => {
  const { machine } = scriptedWindows({
    [URLS]: { code: 1, out: 'The requested operation requires elevation' },
  })
  await expect(urlsOfHttpSys(machine)).rejects.toMatchObject({
    problem: { code: 'windows.http-sys-unreadable' },
  })
})
