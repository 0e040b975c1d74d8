import { SetupError } from '../contract/problem.ts'
import type { CommandResult, Machine } from '../machine/machine.ts'
import { Secret } from '../secrets/secret.ts'
import { number, record, text } from './reading.ts'
import { scriptText, type WindowsScript } from './scripts.ts'
import { runTool } from './tool.ts'

export interface ScriptOptions {
  readonly signal?: AbortSignal
  /** Default 60 000: the first start of PowerShell after a boot alone may take ten seconds and more. */
  readonly timeoutMs?: number
}

/** What a script answers: plain data, of which nothing is certain yet. */
export type Answer = Readonly<Record<string, unknown>>

/** The script ran and .NET or Windows refused; the numbers say what, in every language. */
export class ScriptFailure extends SetupError {
  /** Full name of the .NET exception, such as `System.Security.Cryptography.CryptographicException`. */
  readonly type: string
  /** As .NET holds it, a signed 32-bit number. */
  readonly hresult: number | undefined
  /** Win32 error code, for exceptions that have one. */
  readonly native: number | undefined

  constructor(script: WindowsScript, failed: unknown) {
    const { type, hresult, native, message } = record(failed)
    super({ ...problemOf(script), details: [`${text(type)}: ${text(message)}`, ...hresultWords(hresult)] })
    this.type = text(type)
    this.hresult = number(hresult)
    this.native = number(native)
  }
}

/**
 * Asks one of this program's scripts, in Windows PowerShell 5.1, and returns its answer. Secrets in the question are
 * opened on their way to standard input and stand nowhere else.
 *
 * Rejects with {@link ScriptFailure} (`powershell.failed`) when the script met an exception, with `powershell.failed`
 * when there was no answer, with `powershell.constrained` when a policy keeps scripts from .NET
 * (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_language_modes), and as runTool.
 */
export async function runScript(
  machine: Machine,
  script: WindowsScript,
  question: Answer,
  { timeoutMs = 60_000, ...options }: ScriptOptions = {},
): Promise<Answer> {
  const args = scriptArguments(await scriptText(script))
  const stdin = asciiJson(question)
  const result = await runTool(machine, 'powershell', args, { ...options, timeoutMs, stdin })
  const reply = lastObject(result.stdout)
  if (reply === undefined) throw withoutAnswer(script, result)
  if (reply['refused'] !== undefined) throw constrained(text(reply['refused']))
  if (reply['failed'] !== undefined) throw new ScriptFailure(script, reply['failed'])
  if (result.exitCode !== 0) throw withoutAnswer(script, result)
  return record(reply['answer'])
}

/**
 * How PowerShell is started with a script: the text itself, UTF-16 in Base64, so that nothing is quoted and no file
 * can be changed in between. An execution policy of the machine is about files and does not apply.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_powershell_exe
 */
function scriptArguments(script: string): readonly string[] {
  const encoded = Buffer.from(script, 'utf16le').toString('base64')
  return [
    '-NoLogo',
    '-NoProfile',
    '-NonInteractive',
    '-ExecutionPolicy',
    'Bypass',
    '-EncodedCommand',
    encoded,
  ]
}

/** Beyond ASCII by number: no code page on the way can change that. */
function asciiJson(question: Answer): string {
  const opened = JSON.stringify(question, function (this: Answer, key, value: unknown) {
    // `value` has been through toJSON already, which hides a secret.
    const held = this[key]
    return held instanceof Secret ? held.open() : value
  })
  return opened.replaceAll(
    /[\u007f-\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The last line that is a JSON object: a policy may have PowerShell write a banner before it. */
function lastObject(stdout: string): Answer | undefined {
  for (const line of stdout.replaceAll('\uFEFF', '').split(/\r?\n/).toReversed()) {
    if (!line.trim().startsWith('{')) continue
    try {
      return record(JSON.parse(line))
    } catch {
      return undefined
    }
  }
  return undefined
}

function problemOf(script: WindowsScript) {
  return {
    code: 'powershell.failed',
    what: `Windows PowerShell did not answer the question “${script}”.`,
    next: 'Read what PowerShell said, below, then try again.',
  }
}

function hresultWords(hresult: unknown): readonly string[] {
  const value = number(hresult)
  return value === undefined ? [] : [`HRESULT 0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`]
}

function withoutAnswer(script: WindowsScript, { exitCode, stderr }: CommandResult): SetupError {
  const details = [`powershell ended with exit code ${exitCode}`, ...errorLines(stderr)]
  return new SetupError({ ...problemOf(script), details })
}

function constrained(mode: string): SetupError {
  return new SetupError({
    code: 'powershell.constrained',
    what: 'A policy of this machine keeps this program’s scripts from working with Windows.',
    cause: `PowerShell runs them in the language mode “${mode}”, as AppLocker and App Control order it.`,
    next: 'Ask the administrator of the policy to allow this program, or do this step by hand.',
  })
}

/**
 * What a person can read of the error stream. With an encoded command PowerShell writes it as CLIXML, progress
 * included; errors are lines like `<S S="Error">words_x000D__x000A_</S>`.
 */
function errorLines(stderr: string): readonly string[] {
  const marked = [...stderr.matchAll(/<S S="Error">([\s\S]*?)<\/S>/g)].map((match) => match[1]!)
  const plain = stderr.startsWith('#< CLIXML') ? marked.join('').replaceAll(/_x000D_|_x000A_/g, '\n') : stderr
  return unescapeXml(plain)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-12)
}

function unescapeXml(words: string): string {
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return words.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => names[name]!)
}
