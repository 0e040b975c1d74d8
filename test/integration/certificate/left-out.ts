import { appendFile } from 'node:fs/promises'
import { realProcesses } from '../../../electron/machine/processes.ts'
import { SetupError } from '../../../electron/contract/problem.ts'

const processes = realProcesses()

/**
 * Whether a command can be started here. Where it cannot, what needs it is left out and `npm test` says so at its
 * end; with CI=true nothing may be left out.
 * @param args that make it end by itself at once.
 * @param fits says by its standard output whether it will do; left out: any will.
 * @throws Error with CI=true when it is missing
 */
export async function hasTool(
  command: string,
  args: readonly string[],
  fits: (stdout: string) => boolean = () => true,
): Promise<boolean> {
  const reason = await missing(command, args, fits)
  if (reason === undefined) return true
  if (process.env['CI'] === 'true') throw new Error(reason)
  const list = process.env['LEFT_OUT_FILE']
  const line = `certificate files read by ${command}: ${reason}\n`
  if (list === undefined) process.stderr.write(`left out: ${line}`)
  else await appendFile(list, line)
  return false
}

async function missing(
  command: string,
  args: readonly string[],
  fits: (stdout: string) => boolean,
): Promise<string | undefined> {
  try {
    const { stdout } = await processes.run({ command, args })
    return fits(stdout) ? undefined : 'its version is too old'
  } catch (error) {
    if (error instanceof SetupError && error.problem.code === 'process.not-found')
      return 'it is not installed'
    throw error
  }
}
