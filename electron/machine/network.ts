import { lookup } from 'node:dns/promises'
import { createServer } from 'node:net'
import { http } from './http.ts'
import type { Network } from './machine.ts'

/** {@link Network} of this machine. */
export function realNetwork(): Network {
  return {
    http,
    lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    portFree,
  }
}

async function portFree(port: number, host?: string): Promise<boolean> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return false
  if (host !== undefined) return (await tryPort(port, host)) === undefined
  // Windows lets one program take all addresses while another holds the port on a single one, so each is tried.
  if ((await tryPort(port)) !== undefined) return false
  for (const loopback of ['127.0.0.1', '::1']) {
    const error = await tryPort(port, loopback)
    if (error !== undefined && error !== 'EADDRNOTAVAIL' && error !== 'EAFNOSUPPORT') return false
  }
  return true
}

/** Listens for a moment; the system's error name when it may not. */
function tryPort(port: number, host?: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    server.listen({ port, exclusive: true, ...(host === undefined ? {} : { host }) }, () =>
      server.close(() => resolve(undefined)),
    )
  })
}
