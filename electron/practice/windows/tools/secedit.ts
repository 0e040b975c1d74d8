import { dirname, resolve } from 'node:path'
import { stat, writeFile } from 'node:fs/promises'
import { answer, type SimulatedServer, type SimulatedTool } from '../tool.ts'
import { win32Text } from './win32-errors.ts'

/** secedit: `/export /cfg FILE /areas USER_RIGHTS /quiet`, the account rights as UTF-16LE with a mark. */
export const secedit: SimulatedTool = async ({ args }, server) => {
  const { language } = server.state.system
  const file = args[args.findIndex((argument) => argument.toLowerCase() === '/cfg') + 1]
  const isExport =
    args[0]?.toLowerCase() === '/export' &&
    /\/areas USER_RIGHTS(\s|$)/i.test(args.join(' ')) &&
    file !== args[0]
  if (!isExport || file === undefined) return answer(server, 1, `${win32Text(87, language)}\r\n`)
  // Unverified on a real server: that an unelevated export is refused, and how.
  if (!server.state.token.elevated) return answer(server, 1, `${win32Text(5, language)}\r\n`)
  const folder = await stat(dirname(resolve(file))).catch(() => undefined)
  if (!folder?.isDirectory()) return answer(server, 1, `${win32Text(3, language)}\r\n`)
  await writeFile(file, Buffer.from(`\uFEFF${policy(server)}`, 'utf16le'))
  return answer(server, 0, '')
}

function policy({ state }: SimulatedServer): string {
  const rights = Object.entries(state.privileges)
    // A right that nobody has gets no line.
    .filter(([, sids]) => sids.length > 0)
    .map(
      ([right, sids]) =>
        `${right} = ${sids.map((sid) => (sid.startsWith('S-1-') ? `*${sid}` : sid)).join(',')}`,
    )
  return [
    '[Unicode]',
    'Unicode=yes',
    '[Privilege Rights]',
    ...rights,
    '[Version]',
    'signature="$CHICAGO$"',
    'Revision=1',
    '',
  ].join('\r\n')
}
