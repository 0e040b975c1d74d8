import type { ClientEntry } from '../../service/clients.ts'

/**
 * Addresses that a client may be redirected to; of the system client they are the service's own (Creatio Academy,
 * “Clients” in the table of parameters). Only those that another machine could use, without path.
 */
export function announcedOrigins(clients: readonly ClientEntry[], clientId: string): readonly URL[] {
  const client = clients.find(({ id }) => id === clientId)
  const urls = (client?.redirectUris ?? []).filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri))
  return urls.filter(({ protocol, hostname }) => /^https?:$/.test(protocol) && !isLoopback(hostname))
}

/** Whether a host name means the machine that uses it. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i.test(host)
}

/** The port of a URL, also where it goes without saying. */
export function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

/** A URL without the port that goes without saying, and without a slash at its end. */
export function urlOf(scheme: 'http' | 'https', host: string, port: number, path = '/'): string {
  const named = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return new URL(path, `${scheme}://${named}:${port}`).href.replace(/\/+$/, '')
}
