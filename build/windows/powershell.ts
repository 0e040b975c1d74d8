import { runRaw, type Server } from './server.ts'

/**
 * Runs a script of the workflow in Windows PowerShell 5.1. What it is asked comes as JSON by standard input, so that
 * no secret stands in its arguments; in the script it is `$question`.
 * @returns what the script wrote.
 * @throws Error with its standard error.
 */
export async function powershell(server: Server, script: string, question: object): Promise<string> {
  const whole = [
    "$ErrorActionPreference = 'Stop'",
    '$question = [Console]::In.ReadToEnd() | ConvertFrom-Json',
    script,
  ].join('\n')
  const encoded = Buffer.from(whole, 'utf16le').toString('base64')
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', encoded]
  const { exitCode, stdout, stderr } = await runRaw(server, 'powershell', args, JSON.stringify(question))
  if (exitCode === 0) return stdout.toString('utf8')
  throw new Error(`PowerShell ended with ${exitCode}:\n${stderr.toString('latin1')}`)
}
