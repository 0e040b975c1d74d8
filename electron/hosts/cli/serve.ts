import { VERSION } from '../version.ts'
import { createBackEnd } from '../back-end/index.ts'
import { startBrowserHost } from '../browser.ts'
import { browserShell } from '../browser/shell.ts'
import { builtPages } from '../pages.ts'
import { invalidArguments, parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { EXIT } from './exit.ts'

/** `serve`: the wizard's pages for a browser on this machine, until Ctrl+C or until the page says close. */
export async function serveCommand(
  args: readonly string[],
  { machine, session, output }: CommandContext,
): Promise<number> {
  const { values } = parseCommand(args, { port: { type: 'string' } })
  const port = values.port === undefined ? undefined : Number(values.port)
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
    throw invalidArguments('--port is followed by a number from 1 to 65535.')
  const ended = Promise.withResolvers<void>()
  const backEnd = createBackEnd({
    shell: browserShell(VERSION, async () => ended.resolve()),
    machine,
    stateFolder: session.stateFolder,
  })
  const host = await startBrowserHost({ backEnd, pages: builtPages, ...(port === undefined ? {} : { port }) })
  output.line(
    `Open this address in a browser on this machine; it works once:\n\n  ${host.url}\n\nCtrl+C ends it.`,
  )
  process.once('SIGINT', () => ended.resolve())
  process.once('SIGTERM', () => ended.resolve())
  await ended.promise
  await backEnd.close()
  await host.close()
  return EXIT.done
}
