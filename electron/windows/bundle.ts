import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { runScript, ScriptFailure, type ScriptOptions } from './powershell.ts'
import { number, text } from './reading.ts'

/** What an installer file says about itself, and what Windows says about its signature. */
export interface BundleLook {
  readonly file: string
  /** Such as `Microsoft .NET 8.0.11 - Windows Server Hosting`. */
  readonly product: string
  readonly version: string
  /** Subject of the certificate it is signed with; empty when it is not signed. */
  readonly signer: string
  /** `Valid`, or why not, in the words of System.Management.Automation.SignatureStatus. */
  readonly signature: string
  /** Whether Microsoft signed it and not a byte has changed since. */
  readonly trusted: boolean
  /** Whether the product is a hosting bundle of ASP.NET Core. */
  readonly hostingBundle: boolean
  /** Upper-case hexadecimal. */
  readonly sha256: string
}

export type BundleAction = 'install' | 'repair' | 'uninstall'

/** Looks at an installer without starting it. Rejects with `bundle.unreadable`, and as runScript. */
export async function lookAtBundle(
  machine: Machine,
  file: string,
  options: ScriptOptions = {},
): Promise<BundleLook> {
  const answer = await runScript(machine, 'bundle', { action: 'look', file }, options).catch(
    (error: unknown) => {
      throw error instanceof ScriptFailure ? unreadable(error, file) : error
    },
  )
  const product = text(answer['product'])
  const signer = text(answer['signer'])
  const signature = text(answer['status'])
  return {
    file,
    product,
    version: text(answer['version']),
    signer,
    signature,
    trusted: signature === 'Valid' && isMicrosoft(signer),
    hostingBundle: isHostingBundle(product),
    sha256: text(answer['sha256']),
  }
}

/** By the organization, which the issuers of such certificates verify; what is quoted is part of another value. */
function isMicrosoft(signer: string): boolean {
  return /(^|,\s*)O=Microsoft Corporation(,|$)/.test(signer.replaceAll(/"[^"]*"/g, '""'))
}

/** Unverified on a real server: the product name of a hosting bundle, which here has to hold these words. */
function isHostingBundle(product: string): boolean {
  return /windows server hosting|hosting bundle/i.test(product)
}

/** Refuses what is not to be started: no hosting bundle, or not Microsoft's. @throws SetupError `bundle.not-trusted` */
export function refuseBundle(bundle: BundleLook): void {
  if (!bundle.trusted || !bundle.hostingBundle) throw notTrusted(bundle)
}

/** Milliseconds; servers with little memory and a virus scanner have been seen to take half an hour. */
const RUN_MS = 3_600_000

/**
 * Runs a hosting bundle without its windows and without a restart of the machine; needs elevation. It has to be the
 * file that was looked at, byte for byte, and trusted. A newer version that is there already is as good.
 * https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/hosting-bundle
 *
 * IIS notices it after `net stop was /y` and `net start w3svc`, which is not done here.
 * Rejects with `bundle.not-trusted`, `bundle.changed`, `bundle.busy`, `bundle.cancelled`, `bundle.failed`.
 */
export async function runBundle(
  machine: Machine,
  bundle: BundleLook,
  action: BundleAction,
  options: ScriptOptions = {},
): Promise<{ readonly restartNeeded: boolean }> {
  refuseBundle(bundle)
  const { file, sha256 } = bundle
  const question = { action, file, sha256 }
  const answer = await runScript(machine, 'bundle', question, { timeoutMs: RUN_MS, ...options })
  if (answer['changed'] === true) throw changed(file)
  const exitCode = number(answer['exitCode'])
  if (exitCode === undefined || !ENDED_WELL.has(exitCode)) throw ended(bundle, action, exitCode)
  return { restartNeeded: exitCode === 3010 || exitCode === 1641 }
}

/** The command for the plan. */
export function bundleCommand(file: string, action: BundleAction): string {
  return `"${file}" /${action} /quiet /norestart`
}

/**
 * 3010: a restart is needed; 1641: it has begun; 1638: a newer version is there.
 * https://learn.microsoft.com/windows/win32/msi/error-codes
 */
const ENDED_WELL: ReadonlySet<number> = new Set([0, 3010, 1641, 1638])

interface Sign {
  readonly code: string
  readonly cause: string
  readonly next: string
}

const SIGNS: Readonly<Record<number, Sign>> = {
  1602: {
    code: 'bundle.cancelled',
    cause: 'The installation was cancelled.',
    next: 'Start it again.',
  },
  1618: {
    code: 'bundle.busy',
    cause: 'Another installation is running.',
    next: 'Wait until it has ended, then try again.',
  },
}

function ended(
  { file, product }: BundleLook,
  action: BundleAction,
  exitCode: number | undefined,
): SetupError {
  const sign = SIGNS[exitCode ?? 0]
  return new SetupError({
    code: sign?.code ?? 'bundle.failed',
    what: `“${product}” did not ${action}.`,
    where: { file },
    ...(sign === undefined ? {} : { cause: sign.cause }),
    next: sign?.next ?? 'Read its log, %TEMP%\\dd_DotNetCoreWinSvrHosting__….log, then try again.',
    details: [bundleCommand(file, action), `exit code ${exitCode ?? 'unknown'}`],
  })
}

function unreadable(failure: ScriptFailure, file: string): SetupError {
  return new SetupError(
    {
      ...failure.problem,
      code: 'bundle.unreadable',
      what: 'The hosting bundle was not looked at.',
      where: { file },
      next: 'Check that the file exists, that this user may read it, and that no other program writes to it.',
    },
    { cause: failure },
  )
}

function notTrusted({ file, product, signer, signature, trusted }: BundleLook): SetupError {
  return new SetupError({
    code: 'bundle.not-trusted',
    what: 'The hosting bundle was not started.',
    where: { file },
    cause: trusted
      ? `It is “${product}”, not a hosting bundle of ASP.NET Core.`
      : `It has no valid signature of Microsoft Corporation (${signature || 'no answer'}${signer ? `, ${signer}` : ''}).`,
    next: 'Download the hosting bundle from https://dotnet.microsoft.com/download, then choose that file.',
    untouched: 'Nothing was installed.',
  })
}

function changed(file: string): SetupError {
  return new SetupError({
    code: 'bundle.changed',
    what: 'The hosting bundle was not started.',
    where: { file },
    cause: 'The file has changed since it was looked at.',
    next: 'Choose the file again and look at its signature.',
    untouched: 'Nothing was installed.',
  })
}
