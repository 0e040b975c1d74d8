import { answer, type SimulatedTool } from '../tool.ts'

/** subst: without arguments lists the letters that stand for folders; this Windows has none. */
export const subst: SimulatedTool = (_call, server) => answer(server, 0, '')
