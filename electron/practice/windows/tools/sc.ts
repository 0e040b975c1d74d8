import { lookUp } from '../configuration/element.ts'
import type { Language, ServiceStatus } from '../state.ts'
import { answer, type SimulatedTool } from '../tool.ts'
import { win32Text } from './win32-errors.ts'

const codes: Readonly<Record<ServiceStatus, string>> = {
  stopped: '1  STOPPED',
  'start-pending': '2  START_PENDING',
  'stop-pending': '3  STOP_PENDING',
  running: '4  RUNNING',
}

/** German keeps the labels, Russian translates them; the words behind the numbers stay. */
const labels: Readonly<Record<Language, readonly string[]>> = {
  en: ['SERVICE_NAME', 'TYPE', 'STATE', 'WIN32_EXIT_CODE', 'SERVICE_EXIT_CODE', 'CHECKPOINT', 'WAIT_HINT'],
  de: ['SERVICE_NAME', 'TYPE', 'STATE', 'WIN32_EXIT_CODE', 'SERVICE_EXIT_CODE', 'CHECKPOINT', 'WAIT_HINT'],
  ru: [
    'Имя_службы',
    'Тип',
    'Состояние',
    'Код_выхода_Win32',
    'Код_выхода_службы',
    'Контрольная_точка',
    'Ожидание',
  ],
}

const failedWord: Readonly<Record<Language, string>> = { en: 'FAILED', de: 'FEHLER', ru: 'Ошибка' }

/** sc.exe: `query` and `queryex` of one service. */
export const sc: SimulatedTool = ({ args }, server) => {
  const [verb = '', name] = args
  const { language } = server.state.system
  if (!/^query(ex)?$/i.test(verb) || name === undefined || args.length > 2)
    return answer(server, 1639, `${win32Text(87, language)}\r\n`)
  const service = lookUp(server.state.services, name)
  if (service === undefined) {
    const text = `[SC] EnumQueryServicesStatus:OpenService ${failedWord[language]} 1060:\r\n\r\n`
    return answer(server, 1060, `${text}${win32Text(1060, language)}\r\n\r\n`)
  }
  const [nameLabel, ...rest] = labels[language]
  const [, { status, pid }] = service
  const running = status === 'running'
  const rows = ['20  WIN32_SHARE_PROCESS', codes[status], '0  (0x0)', '0  (0x0)', '0x0', '0x0'].map(
    (value, at) => `        ${rest[at]!.padEnd(19)}: ${value}`,
  )
  const accepts = running ? '(STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)' : ''
  rows.splice(2, 0, `${' '.repeat(32)}${accepts}`)
  if (/^queryex$/i.test(verb))
    rows.push(`        PID                : ${running ? pid : 0}`, '        FLAGS              :')
  return answer(server, 0, `\r\n${nameLabel}: ${name}\r\n${rows.join('\r\n')}\r\n`)
}
