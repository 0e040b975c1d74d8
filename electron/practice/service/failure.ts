/** What .NET says of a PFX that cannot be opened, and of most other trouble with one. */
export const CRYPTOGRAPHIC = 'System.Security.Cryptography.CryptographicException'
export const WRONG_PASSWORD =
  'The certificate data cannot be read with the provided password, the password may be incorrect.'

/** What .NET knows of an exception: its type, its words and what caused it. */
export interface DotnetException {
  readonly type: string
  readonly message: string
  readonly inner?: DotnetException
}

/** An end of the service at its start, told in the words of the engine that it stands for. */
export class StartFailure extends Error {
  readonly exception: DotnetException

  constructor(type: string, message: string, inner?: DotnetException) {
    super(message)
    this.name = 'StartFailure'
    this.exception = inner === undefined ? { type, message } : { type, message, inner }
  }
}

/**
 * What stands on standard error when an exception ends a .NET program: the first line names it, an arrow leads
 * to each cause.
 */
export function unhandled(thrown: unknown): string {
  const exception: DotnetException =
    thrown instanceof StartFailure
      ? thrown.exception
      : { type: 'System.Exception', message: thrown instanceof Error ? thrown.message : String(thrown) }
  const lines: string[] = []
  let depth = 0
  for (let at: DotnetException | undefined = exception; at; at = at.inner, depth++)
    lines.push(`${depth === 0 ? 'Unhandled exception.' : ' --->'} ${at.type}: ${at.message}`)
  for (; depth > 1; depth--) lines.push('   --- End of inner exception stack trace ---')
  lines.push('   at IdentityService.Program.Main(String[] args)')
  return `${lines.join('\n')}\n`
}
