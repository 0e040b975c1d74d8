import type { Language, ServerState } from '../state.ts'
import { answer, type SimulatedTool } from '../tool.ts'
import { workersOf } from './workers.ts'

const nobody: Readonly<Record<Language, string>> = {
  en: 'INFO: No tasks are running which match the specified criteria.',
  de: 'INFORMATION: Es werden keine Aufgaben mit den angegebenen Kriterien ausgeführt.',
  ru: 'Информация: Задачи, отвечающие заданным критериям, отсутствуют.',
}

const kilobytes: Readonly<Record<Language, string>> = { en: 'K', de: 'K', ru: 'КБ' }

/** tasklist: `/fi "PID eq N" /fo csv /nh`. Finding nobody is exit code 0 and a sentence. */
export const tasklist: SimulatedTool = ({ args }, server) => {
  const { language } = server.state.system
  const [, pid] = /^\/fi PID eq (\d+) \/fo csv \/nh$/i.exec(args.join(' ')) ?? []
  if (pid === undefined) return answer(server, 1, 'ERROR: Invalid argument/option.\r\n', 'stderr')
  const name = namesByPid(server.state).get(Number(pid))
  if (name === undefined) return answer(server, 0, `${nobody[language]}\r\n`)
  return answer(server, 0, `"${name}","${pid}","Services","0","144 ${kilobytes[language]}"\r\n`)
}

function namesByPid(state: ServerState): ReadonlyMap<number, string> {
  return new Map([
    [4, 'System'],
    [912, 'svchost.exe'],
    ...Object.values(state.services).flatMap(({ pid, status }): [number, string][] =>
      status === 'running' ? [[pid, 'svchost.exe']] : [],
    ),
    ...workersOf(state).map(({ pid }): [number, string] => [pid, 'w3wp.exe']),
  ])
}
