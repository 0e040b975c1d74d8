import { SetupError } from '../contract/problem.ts'
import type { CommandResult, Machine } from '../machine/machine.ts'
import { endpointKind, findSslBinding, type SslBinding } from './ssl-binding-list.ts'
import { commandLine, runTool, toolFailed } from './tool.ts'

/** What IIS Manager writes for its own bindings, so that it shows and manages ours too. */
export const IIS_APP_ID = '{4dc3e181-e14b-4a21-b022-59fc669b0914}'

/** Binds a certificate to an endpoint that has none. Rejects with `ssl-binding.…`; then nothing was bound. */
export async function addSslBinding(machine: Machine, binding: SslBinding): Promise<void> {
  await change(machine, 'add', binding)
}

/**
 * Puts another certificate in the place of the one that is bound. When Windows refuses, the one before is bound again
 * where it got lost, and the error says which of both is so. Rejects with `ssl-binding.…`.
 */
export async function replaceSslBinding(
  machine: Machine,
  before: SslBinding,
  binding: SslBinding,
): Promise<void> {
  try {
    await change(machine, 'update', binding)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    const restored = await restore(machine, before).catch((failure: unknown) => failure)
    throw restored === undefined ? stillBound(error, before) : lost(error, before)
  }
}

/** Binds what was bound before, unless it still is. Also the undo of {@link replaceSslBinding}. */
export async function restoreSslBinding(machine: Machine, before: SslBinding): Promise<void> {
  await restore(machine, before)
}

/** Unverified on a real server: whether a failed update leaves the binding as it was, or without a certificate. */
async function restore(machine: Machine, before: SslBinding): Promise<void> {
  const found = await findSslBinding(machine, before.endpoint)
  if (found !== undefined && isSame(found, before)) return
  await change(machine, found === undefined ? 'add' : 'update', before)
}

/** Takes the certificate from an endpoint. Nothing bound is not an error. Rejects with `ssl-binding.…`. */
export async function removeSslBinding(machine: Machine, endpoint: string): Promise<void> {
  if ((await findSslBinding(machine, endpoint)) === undefined) return
  const args = ['http', 'delete', 'sslcert', endpointArgument(endpoint)]
  const result = await runTool(machine, 'netsh', args)
  if ((await findSslBinding(machine, endpoint)) === undefined) return
  throw bindingFailed(`The certificate was not taken from “${endpoint}”.`, args, result)
}

/** The command for the plan, such as `netsh http add sslcert ipport=0.0.0.0:443 …`. */
export function sslBindingCommand(how: 'add' | 'update', binding: SslBinding): string {
  return commandLine('netsh', bindingArguments(how, binding))
}

async function change(machine: Machine, how: 'add' | 'update', binding: SslBinding): Promise<void> {
  const args = bindingArguments(how, binding)
  const result = await runTool(machine, 'netsh', args)
  const found = result.exitCode === 0 ? await findSslBinding(machine, binding.endpoint) : undefined
  if (found !== undefined && isSame(found, binding)) return
  throw bindingFailed(`The certificate was not bound to “${binding.endpoint}”.`, args, result)
}

function isSame(one: SslBinding, other: SslBinding): boolean {
  const key = ({ endpoint, thumbprint, appId, store }: SslBinding) =>
    [endpoint, thumbprint, appId, store].join(' ').toLowerCase()
  return key(one) === key(other)
}

/**
 * What netsh is told to bind a certificate, or another one.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/netsh-http
 */
export function bindingArguments(how: 'add' | 'update', binding: SslBinding): readonly string[] {
  const { endpoint, thumbprint, appId, store, storeUnnamed } = binding
  const named = [`certhash=${thumbprint.toLowerCase()}`, `appid=${appId}`]
  // A host name needs its store spelled out.
  const left = storeUnnamed === true && endpointKind(endpoint) === 'ip'
  const inStore = left ? [] : [`certstorename=${store}`]
  return ['http', how, 'sslcert', endpointArgument(endpoint), ...named, ...inStore]
}

/** `ipport=0.0.0.0:443` or, with Server Name Indication, `hostnameport=id.example.com:443`. */
export function endpointArgument(endpoint: string): string {
  return `${endpointKind(endpoint) === 'ip' ? 'ipport' : 'hostnameport'}=${endpoint}`
}

interface Sign {
  readonly code: string
  readonly cause: string
  readonly next: string
}

/** Win32 errors that netsh names by number, in every language. */
const SIGNS: Readonly<Record<string, Sign>> = {
  5: {
    code: 'ssl-binding.denied',
    cause: 'Windows denies access; it needs the full rights of an administrator.',
    next: 'Start this program as an administrator, then try again.',
  },
  183: {
    code: 'ssl-binding.taken',
    cause: 'There is a certificate bound to it already.',
    next: 'Confirm that it may be replaced, or choose another port or host name.',
  },
  1312: {
    code: 'ssl-binding.no-key',
    cause: 'The certificate is not in the machine’s store, or its private key is not the machine’s.',
    next: 'Import the certificate with its private key for the machine, not for a user, then try again.',
  },
}

function bindingFailed(what: string, args: readonly string[], result: CommandResult): SetupError {
  const number = /[:：]\s*(\d+)\s*$/m.exec(result.stdout)?.[1]
  const sign = result.exitCode === 0 ? undefined : SIGNS[number ?? '']
  return toolFailed('netsh', args, result, {
    what,
    ...(sign ?? { code: 'ssl-binding.failed', next: 'Read what netsh said, below, then try again.' }),
  })
}

function stillBound(error: SetupError, before: SslBinding): SetupError {
  const untouched = `The certificate ${before.thumbprint} is bound to “${before.endpoint}” as before.`
  return new SetupError({ ...error.problem, untouched }, { cause: error })
}

function lost(error: SetupError, before: SslBinding): SetupError {
  const cause = `The certificate that was bound there before could not be bound again.${
    error.problem.cause === undefined ? '' : ` ${error.problem.cause}`
  }`
  const next = `Bind it again at an elevated command prompt: ${sslBindingCommand('add', before)}`
  return new SetupError({ ...error.problem, code: 'ssl-binding.lost', cause, next }, { cause: error })
}
