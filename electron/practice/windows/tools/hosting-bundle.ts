import { readFile } from 'node:fs/promises'
import { parseBundle } from '../hosting-bundle-file.ts'
import { answer, type SimulatedTool } from '../tool.ts'
import { runHostingBundle } from './scripts/run-hosting-bundle.ts'

const FATAL = 1603

/** An installer of the hosting bundle, started by itself: `/install|/repair|/uninstall /quiet /norestart`. */
export const hostingBundle: SimulatedTool = async ({ program, args }, server) => {
  const [, action] = /^\/(install|repair|uninstall) \/quiet \/norestart$/i.exec(args.join(' ')) ?? []
  const read = parseBundle(await readFile(program, 'utf8').catch(() => ''))
  if (action === undefined || read === undefined || !server.state.token.elevated)
    return answer(server, FATAL, '')
  return answer(server, await runHostingBundle(server, read.bundle, action.toLowerCase()), '')
}
