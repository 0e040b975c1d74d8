import type { Machine } from '../machine/machine.ts'
import { registryKeys } from './registry.ts'
import { runTool, toolFailed } from './tool.ts'

/** A certificate that HTTP.sys serves at an endpoint, for all sites there. */
export interface SslBinding {
  /** `0.0.0.0:443`, `[::]:443`, or `identity.example.com:443` by Server Name Indication. */
  readonly endpoint: string
  readonly kind: 'ip' | 'sni'
  /** Upper-case hexadecimal SHA-1. */
  readonly thumbprint: string
  /** Whose binding it is: a GUID in braces, lower case. */
  readonly appId: string
  /** Of LocalMachine; `MY` also where Windows names none. */
  readonly store: string
  /** Nobody has named the store, and it is to be given back so. */
  readonly storeUnnamed?: true
}

/** What a binding is by its endpoint. */
export function endpointKind(endpoint: string): SslBinding['kind'] {
  return /^(\d+\.\d+\.\d+\.\d+|\[[0-9a-f:.%]+\]):\d+$/i.test(endpoint) ? 'ip' : 'sni'
}

/** All bindings of HTTP.sys that name a certificate. Needs no elevation. Rejects with `ssl-binding.unreadable`. */
export async function listSslBindings(machine: Machine): Promise<readonly SslBinding[]> {
  const args = ['http', 'show', 'sslcert']
  const result = await runTool(machine, 'netsh', args)
  const bindings = parseBindings(result.stdout)
  if (result.exitCode === 0 || bindings.length > 0 || (await noneInRegistry(machine))) return bindings
  throw toolFailed('netsh', args, result, {
    code: 'ssl-binding.unreadable',
    what: 'The certificates bound to ports were not read.',
    next: 'Read what netsh said, below, then try again.',
  })
}

/** The binding of an endpoint, or undefined. Rejects as {@link listSslBindings}. */
export async function findSslBinding(machine: Machine, endpoint: string): Promise<SslBinding | undefined> {
  const wanted = endpoint.toLowerCase()
  return (await listSslBindings(machine)).find((binding) => binding.endpoint.toLowerCase() === wanted)
}

/**
 * Unverified on a real server: whether netsh ends with 0 when nothing is bound, or with 1 as it does for a single
 * endpoint. Then the registry decides, where HTTP.sys keeps its bindings.
 */
async function noneInRegistry(machine: Machine): Promise<boolean> {
  const parameters = String.raw`HKLM\SYSTEM\CurrentControlSet\Services\HTTP\Parameters`
  for (const key of ['SslBindingInfo', 'SslSniBindingInfo'])
    if ((await registryKeys(machine, `${parameters}\\${key}`)).length > 0) return false
  return true
}

/**
 * Reads what netsh prints by the shape of its values, because their labels are in the language of Windows: per record,
 * which an empty line ends, an endpoint, 40 hexadecimal digits, a GUID, and on the next line the store. Records of the
 * central certificate store have no certificate of their own and are left out.
 */
function parseBindings(printed: string): readonly SslBinding[] {
  return printed.split(/(?:\r?\n[ \t]*){2,}/).flatMap((record) => parseRecord(record.split(/\r?\n/)) ?? [])
}

const ENDPOINT = /\s[:：]\s*(\S+:\d{1,5})\s*$/
const THUMBPRINT = /[:：]\s*([0-9a-f]{40})\s*$/i
const GUID = /[:：]\s*(\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\})\s*$/i

function parseRecord(lines: readonly string[]): SslBinding | undefined {
  const value = (shape: RegExp) =>
    lines.map((line) => shape.exec(line)?.[1]).find((found) => found !== undefined)
  const endpoint = value(ENDPOINT)
  const thumbprint = value(THUMBPRINT)
  const appId = value(GUID)
  if (endpoint === undefined || thumbprint === undefined || appId === undefined) return undefined
  const afterGuid = lines[lines.findIndex((line) => GUID.test(line)) + 1] ?? ''
  const store = /[:：]\s*(\S.*?)\s*$/.exec(afterGuid)?.[1]
  return {
    endpoint,
    kind: endpointKind(endpoint),
    thumbprint: thumbprint.toUpperCase(),
    appId: appId.toLowerCase(),
    // Named (null) when it was left out, and then the store is MY.
    ...(store === '(null)' ? { store: 'MY', storeUnnamed: true } : { store: store ?? 'MY' }),
  }
}
