import { runRaw, type Server } from './server.ts'

/** In front of a script: ends at the first error, and reads what it is asked from standard input, by bytes. */
const HEAD = String.raw`
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$utf8 = New-Object System.Text.UTF8Encoding $false
$reader = New-Object System.IO.StreamReader ([Console]::OpenStandardInput()), $utf8
$question = ConvertFrom-Json -InputObject $reader.ReadToEnd()
`

/** Arguments of Windows PowerShell 5.1 for a script of the workflow, which gets JSON as `$question`. */
export function scriptArguments(script: string): readonly string[] {
  const encoded = Buffer.from(`${HEAD}${script}`, 'utf16le').toString('base64')
  const quiet = ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass']
  return [...quiet, '-EncodedCommand', encoded]
}

/**
 * Runs a script of the workflow. What it is asked comes by standard input, so that no secret stands in its arguments.
 * @returns what the script wrote.
 * @throws Error with its standard error.
 */
export async function powershell(server: Server, script: string, question: object): Promise<string> {
  const asked = JSON.stringify(question)
  const { exitCode, stdout, stderr } = await runRaw(server, 'powershell', scriptArguments(script), asked)
  if (exitCode === 0) return stdout.toString('utf8')
  const words = `${stdout.toString('latin1')}\n${stderr.toString('latin1')}`
  throw new Error(`PowerShell ended with ${exitCode}:\n${words.trim()}`)
}
