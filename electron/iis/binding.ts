import { attribute, child, childrenOf, type ConfigElement, same } from './config-element.ts'

/** One address under which a site answers: https://learn.microsoft.com/iis/configuration/system.applicationhost/sites/site/bindings/binding */
export interface Binding {
  readonly protocol: 'http' | 'https'
  /** `*` for all addresses; an IPv6 address without brackets. */
  readonly address: string
  readonly port: number
  /** Host header; empty: every name. */
  readonly host: string
  /** 1: Server Name Indication; 2: central certificate store; further bits harden TLS. */
  readonly sslFlags: number
}

/** The bits of `sslFlags` that say which certificate is taken; the others are the administrator's. */
const CERTIFICATE_BITS = 3

/** `*:8090:` or `[::1]:443:id.example.com`, as IIS stores it. */
export function bindingInformation({ address, port, host }: Binding): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}:${host}`
}

/** `http/*:8090:`. The flags are not part of this form. */
export function printBinding(binding: Binding): string {
  return `${binding.protocol}/${bindingInformation(binding)}`
}

/** Several, as `/bindings:` takes them. */
export function printBindings(bindings: readonly Binding[]): string {
  return bindings.map(printBinding).join(',')
}

/** The binding that a text such as `http/*:8090:` means, or undefined where it is none of HTTP. */
export function parseBinding(text: string): Binding | undefined {
  const slash = text.indexOf('/')
  return slash === -1 ? undefined : readBinding(text.slice(0, slash), text.slice(slash + 1), 0)
}

/** A site's bindings from its configuration; those of other protocols are left out. */
export function bindingsOf(site: ConfigElement | undefined): readonly Binding[] {
  return bindingElements(site).flatMap((element) => bindingOf(element) ?? [])
}

function bindingOf(element: ConfigElement): Binding | undefined {
  const flags = Number(attribute(element, 'sslFlags') ?? 0)
  return readBinding(
    attribute(element, 'protocol') ?? '',
    attribute(element, 'bindingInformation') ?? '',
    Number.isInteger(flags) ? flags : 0,
  )
}

/** The bindings of other protocols than HTTP, as texts such as `net.tcp/808:*`. */
export function otherBindingsOf(site: ConfigElement | undefined): readonly string[] {
  return bindingElements(site)
    .filter((element) => bindingOf(element) === undefined)
    .map(
      (element) =>
        `${attribute(element, 'protocol') ?? ''}/${attribute(element, 'bindingInformation') ?? ''}`,
    )
}

function bindingElements(site: ConfigElement | undefined): readonly ConfigElement[] {
  return childrenOf(child(site, 'bindings'), 'binding')
}

function readBinding(protocol: string, information: string, sslFlags: number): Binding | undefined {
  const known = protocol.toLowerCase()
  if (known !== 'http' && known !== 'https') return undefined
  const parts = /^(?:\[([^\]]*)\]|([^:[\]]*)):(\d{1,5}):([^:,/]*)$/.exec(information)
  const port = Number(parts?.[3])
  if (!parts || port < 1 || port > 65_535) return undefined
  return { protocol: known, address: parts[1] ?? (parts[2] || '*'), port, host: parts[4]!, sslFlags }
}

/** Whether two bindings take the same requests, whatever their protocol's flags. */
export function sameEndpoint(a: Binding, b: Binding): boolean {
  return a.protocol === b.protocol && same(bindingInformation(a), bindingInformation(b))
}

/** Whether two bindings are the same, as far as a setup has a say in it. */
export function sameBinding(a: Binding, b: Binding): boolean {
  return sameEndpoint(a, b) && (a.sslFlags & CERTIFICATE_BITS) === (b.sslFlags & CERTIFICATE_BITS)
}

/**
 * A binding as appcmd's arguments name it: `[protocol='https',bindingInformation='*:443:']`.
 *
 * Unverified on a real server: whether the brackets of an IPv6 address are understood in there.
 */
export function bindingSelector(binding: Binding): string {
  return `[protocol='${binding.protocol}',bindingInformation='${bindingInformation(binding)}']`
}

/** The same with its flags, as it is added. Zero is the default. */
export function bindingEntry(binding: Binding): string {
  if (binding.sslFlags === 0) return bindingSelector(binding)
  return `${bindingSelector(binding).slice(0, -1)},sslFlags='${binding.sslFlags}']`
}

/** The wanted binding with the bits of a found one that are the administrator's. */
export function withFlagsOf(wanted: Binding, found: Binding): Binding {
  return { ...wanted, sslFlags: (found.sslFlags & ~CERTIFICATE_BITS) | (wanted.sslFlags & CERTIFICATE_BITS) }
}
