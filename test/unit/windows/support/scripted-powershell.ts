import { SetupError } from '../../../../electron/contract/problem.ts'
import type { Command, Machine } from '../../../../electron/machine/machine.ts'
import { realMachine } from '../../../../electron/machine/real.ts'
import { scriptText, WINDOWS_SCRIPTS, type WindowsScript } from '../../../../electron/windows/scripts.ts'

/** What PowerShell writes and ends with; `answer` is short for what the frame of a script makes of it. */
export interface Reply {
  readonly answer?: unknown
  readonly failed?: {
    readonly type?: string
    readonly hresult?: number
    readonly native?: number
    readonly message?: string
  }
  readonly stdout?: string
  readonly stderr?: string
  readonly code?: number
  /** Rejects instead, as the machine does for a process that does not end or cannot be started. */
  readonly rejects?: 'process.timeout' | 'process.not-found'
}

interface Asked {
  readonly script: WindowsScript
  readonly question: Readonly<Record<string, unknown>>
}

export interface ScriptedPowerShell {
  readonly machine: Machine
  readonly asked: readonly Asked[]
  /** The commands themselves. */
  readonly commands: readonly Command[]
}

/** A Windows that has only PowerShell: it knows this program's scripts by their texts and replies as it is told. */
export function scriptedPowerShell(reply: (asked: Asked) => Reply): ScriptedPowerShell {
  const asked: Asked[] = []
  const commands: Command[] = []
  const real = realMachine()
  const run = async (command: Command) => {
    commands.push(command)
    if (!command.command.endsWith('powershell.exe')) throw new Error(`not PowerShell: ${command.command}`)
    const question = JSON.parse(String(command.stdin)) as Asked['question']
    const one = { script: await scriptNamedBy(command.args), question }
    asked.push(one)
    return give(reply(one), command)
  }
  const folders = { windows: 'C:\\Windows', programFiles: 'C:\\Program Files' }
  const windows = { ...folders, programFilesX86: 'C:\\Program Files (x86)' }
  return { asked, commands, machine: { ...real, windows, processes: { ...real.processes, run } } }
}

async function scriptNamedBy(args: readonly string[]): Promise<WindowsScript> {
  const text = Buffer.from(args[args.indexOf('-EncodedCommand') + 1] ?? '', 'base64').toString('utf16le')
  for (const name of WINDOWS_SCRIPTS) if ((await scriptText(name)) === text) return name
  throw new Error('PowerShell was given a script that is not one of ours.')
}

function give({ answer, failed, stdout, stderr = '', code, rejects }: Reply, { decode }: Command) {
  if (rejects !== undefined)
    throw new SetupError({ code: rejects, what: 'It did not run.', next: 'Read the test.' })
  const written = stdout ?? JSON.stringify(failed === undefined ? { answer } : { failed })
  const bytes = (text: string) => decode?.(Buffer.from(text)) ?? text
  return { exitCode: code ?? (failed ? 1 : 0), stdout: bytes(written), stderr: bytes(stderr) }
}
