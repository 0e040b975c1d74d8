import { lookUp, sameName } from '../configuration/element.ts'
import type { ServerState } from '../state.ts'
import { answer, type SimulatedServer, type SimulatedTool, type ToolAnswer } from '../tool.ts'
import { netTexts } from './net-texts.ts'
import { win32Text } from './win32-errors.ts'

/** net.exe: `start X` and `stop X [/y]`. Ends with 2 for whatever goes wrong. */
export const net: SimulatedTool = ({ args }, server) => {
  const [verb = '', name = '', ...rest] = args.map((argument) => argument.toLowerCase())
  const texts = netTexts[server.state.system.language]
  if (!['start', 'stop'].includes(verb) || name === '')
    return answer(server, 1, `${texts.syntax}\r\n`, 'stderr')
  const service = lookUp(server.state.services, name)
  if (service === undefined) return refuse(server, texts.invalid, 2185)
  if (!server.state.token.elevated) return refuse(server, win32Text(5, server.state.system.language), 5)
  return verb === 'start' ? start(server, service[0]) : stop(server, service[0], rest.includes('/y'))
}

function start(server: SimulatedServer, name: string): ToolAnswer {
  const { state } = server
  const texts = netTexts[state.system.language]
  const service = state.services[name]!
  if (service.status === 'running') return refuse(server, texts.already, 2182)
  for (const need of service.needs) begin(state, need)
  begin(state, name)
  const { displayName } = service
  return answer(server, 0, `${texts.starting(displayName)}.\r\n${texts.started(displayName)}\r\n\r\n`)
}

function stop(server: SimulatedServer, name: string, dependents: boolean): ToolAnswer {
  const { state } = server
  const texts = netTexts[state.system.language]
  const service = state.services[name]!
  if (service.status === 'stopped') return refuse(server, texts.notStarted(service.displayName), 3521)
  const above = Object.entries(state.services).filter(
    ([, each]) => each.status === 'running' && each.needs.some((need) => sameName(need, name)),
  )
  // It would ask, and nobody answers: its input has ended.
  if (above.length > 0 && !dependents) {
    const names = above.map(([, { displayName }]) => `   ${displayName}\r\n`).join('')
    return answer(server, 2, `${texts.dependents(service.displayName)}\r\n\r\n${names}\r\n${texts.question}`)
  }
  const said = [...above.map(([each]) => each), name].map((each) => {
    const { displayName } = state.services[each]!
    end(state, each)
    return `${texts.stopping(displayName)}.\r\n${texts.stopped(displayName)}\r\n\r\n`
  })
  return answer(server, 0, said.join(''))
}

function begin(state: ServerState, name: string): void {
  const service = lookUp(state.services, name)?.[1]
  if (service === undefined || service.status === 'running') return
  for (const need of service.needs) begin(state, need)
  service.status = 'running'
  if (sameName(name, 'W3SVC')) delete state.runtime.iisRestartNeeded
}

function end(state: ServerState, name: string): void {
  state.services[name]!.status = 'stopped'
}

function refuse(server: SimulatedServer, text: string, number: number): ToolAnswer {
  const { language } = server.state.system
  const more = number < 2000 ? '' : `${netTexts[language].help(number)}\r\n\r\n`
  const error = number < 2000 ? `${netTexts[language].systemError(number)}\r\n\r\n` : ''
  return answer(server, 2, `${error}${text}\r\n\r\n${more}`, 'stderr')
}
