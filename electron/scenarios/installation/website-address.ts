import type { ServedFolder } from '../../iis/applications.ts'
import type { Binding } from '../../iis/binding.ts'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { listMachineCertificates, type MachineCertificate } from '../../windows/certificates.ts'
import { listSslBindings } from '../../windows/ssl-binding-list.ts'
import { isLoopback, portOf, urlOf } from './announced-url.ts'

/** How a service is reached. */
export interface ServiceAddress {
  readonly publicUrl: string
  readonly localUrl: string
  /** PEM. */
  readonly trust?: string
}

/** The host that a certificate of HTTPS lets this machine use, in place of a host header. */
const LOCAL = 'localhost'

/**
 * The address of a service under IIS by its bindings: HTTPS and host headers first. Without a host header the HTTPS
 * certificate says by which name callers know the server.
 * @param announced addresses that the system client names; one that a binding serves is the Identity Service URL
 * @throws SetupError `installation.no-address`
 */
export async function addressOfWebsite(
  machine: Machine,
  { site, path }: ServedFolder,
  announced: readonly URL[],
): Promise<ServiceAddress> {
  const binding = site.bindings.toSorted((a, b) => rank(a) - rank(b))[0]
  if (!binding) throw noAddress(site.name)
  const { protocol, port } = binding
  const certificate = protocol === 'https' ? await certificateOf(machine, binding) : undefined
  const url = (host: string) => urlOf(protocol, host, port, path)
  const own = announced.find((each) => site.bindings.some((other) => serves(other, each)))
  const trust =
    certificate && [certificate.pem, ...certificate.chainPem].map((each) => each.trim()).join('\n')
  return {
    publicUrl: own
      ? urlOf(own.protocol === 'https:' ? 'https' : 'http', own.hostname, portOf(own), path)
      : url(publicHost(binding, certificate)),
    localUrl: url(localHost(binding, certificate)),
    ...(trust === undefined ? {} : { trust: `${trust}\n` }),
  }
}

function rank({ protocol, host }: Binding): number {
  return (protocol === 'https' ? 0 : 2) + (isName(host) ? 0 : 1)
}

function publicHost(binding: Binding, certificate: MachineCertificate | undefined): string {
  if (isName(binding.host)) return binding.host
  return certificate?.names.find((name) => isName(name) && !isLoopback(name)) ?? addressOf(binding)
}

function localHost(binding: Binding, certificate: MachineCertificate | undefined): string {
  if (isName(binding.host)) return binding.host
  const names = certificate?.names ?? []
  // By another name than the certificate's it would not be trusted.
  return names.includes(LOCAL) ? LOCAL : (names.find(isName) ?? addressOf(binding))
}

function addressOf({ address }: Binding): string {
  return ['*', '0.0.0.0', '::'].includes(address) ? LOCAL : address
}

/** A name that can be asked for; `*.example.com` is none. */
function isName(host: string): boolean {
  return host !== '' && !host.includes('*')
}

function serves({ protocol, port, host }: Binding, url: URL): boolean {
  return (
    `${protocol}:` === url.protocol &&
    port === portOf(url) &&
    (host === '' || host.toLowerCase() === url.hostname)
  )
}

/** The certificate that HTTP.sys has for a binding; undefined where none is found, whatever the reason. */
async function certificateOf(
  machine: Machine,
  { address, port, host }: Binding,
): Promise<MachineCertificate | undefined> {
  try {
    const bound = await listSslBindings(machine)
    const endpoint = [`${host}:${port}`, `${address}:${port}`, `0.0.0.0:${port}`, `[::]:${port}`]
      .map((wanted) => bound.find((each) => each.endpoint.toLowerCase() === wanted.toLowerCase()))
      .find((each) => each !== undefined)
    if (!endpoint) return undefined
    const certificates = await listMachineCertificates(machine)
    return certificates.find(({ thumbprint }) => thumbprint === endpoint.thumbprint)
  } catch (error) {
    if (error instanceof SetupError) return undefined
    throw error
  }
}

function noAddress(site: string): SetupError {
  return new SetupError({
    code: 'installation.no-address',
    what: `The website “${site}” has no binding for HTTP or HTTPS, so nobody can reach the service.`,
    next: 'Add a binding in IIS Manager, then try again.',
  })
}
