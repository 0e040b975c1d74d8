import type { SimulatedServer, SimulatedTool } from '../../tool.ts'
import { answer } from '../../tool.ts'
import { isServing } from '../../websites.ts'
import { add } from './add.ts'
import { type AppcmdCall, parseCall } from './arguments.ts'
import { backup } from './backup.ts'
import { config } from './config.ts'
import { AppcmdFailure, failureText } from './failure.ts'
import { list } from './list.ts'
import { recycle, settleStates, startOrStop } from './run-states.ts'
import { remove, set, targets } from './set-delete.ts'
import { say } from './words.ts'

/** What can be done with which object. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  SITE: ['list', 'add', 'set', 'delete', 'start', 'stop'],
  APP: ['list', 'add', 'set', 'delete'],
  VDIR: ['list', 'add', 'set', 'delete'],
  APPPOOL: ['list', 'add', 'set', 'delete', 'start', 'stop', 'recycle'],
  CONFIG: ['list', 'set', 'clear', 'unlock'],
  MODULE: ['list'],
  WP: ['list'],
  BACKUP: ['list', 'add', 'delete', 'restore'],
}

/** `appcmd.exe`, the command line of IIS. Errors are written to standard output; a call works whole or not at all. */
export const appcmd: SimulatedTool = async ({ args, stdin }, server) => {
  const { state } = server
  const { language } = state.system
  const before = structuredClone(state.iis)
  try {
    if (args.length === 0) return answer(server, 87, `${HELP}`)
    if (/^[/-]\?$/.test(args[0]!)) return answer(server, 1, HELP)
    const call = parseCall(args, state.unverified.bracketsInQuotes)
    if (!VERBS[call.object]!.includes(call.verb))
      throw new AppcmdFailure(87, 'badCommand', [call.verb.toUpperCase(), call.object])
    mustBeElevated(call, server)
    const output = await carryOut(call, stdin, server)
    await settleStates(server)
    if (typeof output === 'string') return answer(server, 0, output)
    return { code: 0, stdout: output, stderr: Buffer.alloc(0) }
  } catch (error) {
    if (!(error instanceof AppcmdFailure)) throw error
    state.iis = before
    return answer(server, error.code, failureText(error, language))
  }
}

const HELP =
  'General purpose IIS command line administration tool.\r\n\r\nAPPCMD (command) (object-type) <identifier> < /parameter1:value1 ... >\r\n'

function mustBeElevated({ object }: AppcmdCall, { state }: SimulatedServer): void {
  if (state.token.elevated) return
  if (object === 'WP') throw new AppcmdFailure(50, 'noWas')
  throw new AppcmdFailure(1168, 'notElevated')
}

async function carryOut(
  call: AppcmdCall,
  stdin: Uint8Array,
  server: SimulatedServer,
): Promise<string | Buffer> {
  const { verb, object } = call
  const { language } = server.state.system
  const told = (word: 'changed' | 'deleted', names: readonly string[]): string =>
    names.map((name) => `${say(language, word, object, name)}\r\n`).join('')
  if (object === 'CONFIG') return config(call, server)
  if (verb === 'list') return list(call, server)
  if (object === 'BACKUP') return backup(call, server)
  if (
    ['add', 'delete'].includes(verb) &&
    !isServing(server.state) &&
    !server.state.unverified.editsWithoutWas
  )
    throw new AppcmdFailure(50, 'noWas')
  switch (verb) {
    case 'add':
      return add(call, stdin, server)
        .map(([kind, name]) => `${say(language, 'added', kind, name)}\r\n`)
        .join('')
    case 'set':
      return told('changed', set(call, stdin, server))
    case 'delete':
      return told('deleted', remove(call, stdin, server))
    default:
      return run(call, stdin, server)
  }
}

const DONE = { start: 'started', stop: 'stopped', recycle: 'recycled' } as const

async function run(call: AppcmdCall, stdin: Uint8Array, server: SimulatedServer): Promise<string> {
  // With WAS stopped this is the answer whatever the object.
  if (!isServing(server.state)) throw new AppcmdFailure(50, 'noWas')
  const verb = call.verb as keyof typeof DONE
  const lines: string[] = []
  for (const row of targets(call, stdin, server)) {
    if (verb === 'recycle') recycle(row, server)
    else await startOrStop(verb, row, server)
    lines.push(`${say(server.state.system.language, DONE[verb], row.name)}\r\n`)
  }
  return lines.join('')
}
