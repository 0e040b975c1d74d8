import { answer, type SimulatedTool } from '../tool.ts'
import { win32Text } from './win32-errors.ts'

/** fltmc: lists file system filters, for administrators only. Unverified on a real server: exit code 5 for others. */
export const fltmc: SimulatedTool = (_call, server) => {
  if (!server.state.token.elevated)
    return answer(server, 5, `\r\n${win32Text(5, server.state.system.language)}\r\n`)
  return answer(server, 0, '\r\nWdFilter                               11       328010         0\r\n')
}
