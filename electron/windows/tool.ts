import { join } from 'node:path'
import iconv from 'iconv-lite'
import { type Problem, SetupError } from '../contract/problem.ts'
import type { Command, CommandResult, Machine } from '../machine/machine.ts'
import { HIDDEN } from '../secrets/secret.ts'

/** Where each of Windows' own programs lies below the Windows folder. */
const PROGRAMS = {
  appcmd: ['System32', 'inetsrv', 'appcmd.exe'],
  cmd: ['System32', 'cmd.exe'],
  dism: ['System32', 'Dism.exe'],
  icacls: ['System32', 'icacls.exe'],
  net: ['System32', 'net.exe'],
  netsh: ['System32', 'netsh.exe'],
  netstat: ['System32', 'NETSTAT.EXE'],
  powershell: ['System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe'],
  reg: ['System32', 'reg.exe'],
  sc: ['System32', 'sc.exe'],
  secedit: ['System32', 'SecEdit.exe'],
  subst: ['System32', 'subst.exe'],
  tasklist: ['System32', 'tasklist.exe'],
  wevtutil: ['System32', 'wevtutil.exe'],
  whoami: ['System32', 'whoami.exe'],
} as const

export type WindowsTool = keyof typeof PROGRAMS

export type ToolOptions = Pick<Command, 'stdin' | 'timeoutMs' | 'signal' | 'onLine'> & {
  /** The tool was told to write UTF-16. */
  readonly utf16?: boolean
}

/** Milliseconds a tool gets to answer a question. What changes something may need more, and says so. */
const READ_MS = 30_000

/**
 * The full path of a tool, so that nothing of that name elsewhere on the search path is started instead.
 * Throws `windows.not-here` on a machine without Windows.
 */
export function toolPath(machine: Machine, tool: WindowsTool): string {
  return join(windowsFolders(machine).windows, ...PROGRAMS[tool])
}

/** The same below the Windows folder of any machine, such as `System32\\icacls.exe`: for scripts. */
export function programBelowWindows(tool: WindowsTool): string {
  return PROGRAMS[tool].join('\\')
}

/** Where Windows and its programs lie. Throws `windows.not-here` on a machine without Windows. */
export function windowsFolders(machine: Machine): NonNullable<Machine['windows']> {
  if (machine.windows !== undefined) return machine.windows
  throw new SetupError({
    code: 'windows.not-here',
    what: 'This machine does not run Windows.',
    next: 'Choose containers as the hosting, or a practice run, or start this program on a Windows Server.',
  })
}

/**
 * Runs one of Windows' own tools to its end; any exit code is a result. Default limit 30 seconds.
 *
 * Both streams are text: UTF-8 where the bytes are that, else the code page that this Windows gives to consoles.
 * Rejects with `windows.not-here`, `windows.tool-missing`, and what `Processes.run` rejects with.
 */
export async function runTool(
  machine: Machine,
  tool: WindowsTool,
  args: readonly string[],
  { utf16 = false, ...options }: ToolOptions = {},
): Promise<CommandResult> {
  const command = toolPath(machine, tool)
  const result = await machine.processes
    // Byte for byte, because which code page it is has to be asked only when it matters.
    .run({ timeoutMs: READ_MS, ...options, command, args, decode: (bytes) => latin1(bytes) })
    .catch((error: unknown) => {
      throw error instanceof SetupError && error.problem.code === 'process.not-found'
        ? toolMissing(command, error)
        : error
    })
  return {
    exitCode: result.exitCode,
    stdout: await toText(machine, Buffer.from(result.stdout, 'latin1'), utf16),
    stderr: await toText(machine, Buffer.from(result.stderr, 'latin1'), utf16),
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

/**
 * Unverified on a real server: whether a tool that was told to write UTF-16 begins with a byte order mark, and
 * whether it writes its errors that way too. A mark tells, or a NUL byte, which no other text of a console holds.
 */
async function toText(machine: Machine, bytes: Buffer, utf16: boolean): Promise<string> {
  if (utf16 && (bytes.includes(0) || bytes.indexOf('fffe', 0, 'hex') === 0))
    return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return iconv.decode(bytes, await consoleCodePage(machine))
  }
}

const codePages = new WeakMap<Machine, Promise<string>>()

/**
 * The code page of consoles in iconv's spelling, such as `cp850` on a German Windows.
 * https://learn.microsoft.com/windows/win32/intl/code-page-identifiers
 */
function consoleCodePage(machine: Machine): Promise<string> {
  const known = codePages.get(machine)
  if (known !== undefined) return known
  const asked = askCodePage(machine)
  codePages.set(machine, asked)
  return asked
}

async function askCodePage(machine: Machine): Promise<string> {
  const key = String.raw`HKLM\SYSTEM\CurrentControlSet\Control\Nls\CodePage`
  const { stdout } = await machine.processes
    .run({
      command: toolPath(machine, 'reg'),
      args: ['query', key, '/v', 'OEMCP', '/reg:64'],
      timeoutMs: READ_MS,
      decode: latin1,
    })
    .catch(() => ({ stdout: '' }))
  const page = `cp${/REG_SZ\s+(\d+)/.exec(stdout)?.[1] ?? ''}`
  // Words in the wrong letters are still better than no words: nothing is decided by them.
  return iconv.encodingExists(page) ? page : 'cp437'
}

function toolMissing(command: string, cause: SetupError): SetupError {
  return new SetupError(
    {
      code: 'windows.tool-missing',
      what: `Windows’ own program “${command}” is not there.`,
      where: { file: command },
      next: 'Check with “sfc /scannow” whether Windows is complete; appcmd.exe comes with the IIS feature Web Server.',
    },
    { cause },
  )
}

/** What the installer is told when a tool refused; its own words come with it, as details. */
export type ToolProblem = Omit<Problem, 'details'>

/**
 * The error for a tool that ended badly.
 * @param args as they may be shown: arguments never hold secrets
 */
export function toolFailed(
  tool: WindowsTool,
  args: readonly string[],
  result: CommandResult,
  problem: ToolProblem,
): SetupError {
  const cause = problem.cause ?? MEANINGS[result.exitCode]
  return new SetupError({
    ...problem,
    ...(cause === undefined ? {} : { cause }),
    details: [
      commandLine(tool, args),
      `${tool} ended with exit code ${result.exitCode}`,
      ...lastLines(result.stdout),
      ...lastLines(result.stderr),
    ],
  })
}

/** The error for a tool that ended well and printed what this program cannot read, such as half of an answer. */
export function notUnderstood(tool: WindowsTool, args: readonly string[], result: CommandResult): SetupError {
  return toolFailed(tool, args, result, {
    code: 'windows.unreadable-answer',
    what: `Windows’ own program ${tool} answered in a form that this program does not know.`,
    next: 'Run the command below at a command prompt, and send what it prints with the log bundle.',
  })
}

/** Win32 error codes that these tools end with: https://learn.microsoft.com/windows/win32/debug/system-error-codes */
const MEANINGS: Readonly<Record<number, string>> = {
  5: 'Windows denies access; it needs the full rights of an administrator.',
  740: 'Windows asks for the full rights of an administrator.',
  1314: 'This account lacks a privilege that is needed for it.',
}

/** A configuration that is printed holds the passwords of pools in clear text. */
const PASSWORD = /(password\s*[=:]\s*)("[^"]*"?|'[^']*'?|\S+)/gi

function lastLines(text: string): readonly string[] {
  return text
    .split(/\r?\n|\r/)
    .map((line) => line.trim().replace(PASSWORD, `$1${HIDDEN}`))
    .filter((line) => line !== '')
    .slice(-12)
}

/** A command as an administrator would type it at a command prompt, with the tool's short name. */
export function commandLine(tool: WindowsTool, args: readonly string[]): string {
  return [tool, ...args.map(quoted)].join(' ')
}

/** Quotes as programs on Windows take arguments apart: https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments */
function quoted(argument: string): string {
  if (argument !== '' && !/[\s"&|<>^()]/.test(argument)) return argument
  return `"${argument.replaceAll(/(\\*)("|$)/g, (_, slashes: string, end: string) => slashes + slashes + (end && '\\"'))}"`
}
