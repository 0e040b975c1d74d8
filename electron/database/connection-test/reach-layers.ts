import { isIP } from 'node:net'
import type { Machine } from '../../machine/machine.ts'
import type { Finding, TryLayer } from './layers.ts'
import { openSocket } from './sockets.ts'

/** Whether a name or address means the machine itself. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i.test(host)
}

/** Layer "name": which addresses the server's name has. */
export function nameLayer(machine: Machine, host: string): TryLayer {
  return async () => {
    if (isIP(host)) return { state: 'passed', summary: `${host} is an IP address` }
    try {
      const addresses = await machine.network.lookup(host)
      return { state: 'passed', summary: `${host} is ${addresses.join(', ')}` }
    } catch (error) {
      return unknownName(host, error)
    }
  }
}

/** Layer "TCP": whether something answers at the port. */
export function tcpLayer(host: string, port: number): TryLayer {
  return async (signal) => {
    const socket = await openSocket(host, port, signal)
    socket.destroy()
    return { state: 'passed', summary: `Port ${port} answers` }
  }
}

/**
 * Failures below the database's own language: of the resolver and of TCP. Undefined for any other.
 * @param listening how that server is made to listen, in a sentence that begins with a verb
 */
export function explainReach(
  error: unknown,
  host: string,
  port: number,
  listening: string,
): Finding | undefined {
  const { code, message } = firstOf(error)
  const failed = { state: 'failed', ...(message ? { driverMessage: message } : {}) } as const
  switch (code) {
    case 'ECONNREFUSED':
      return {
        ...failed,
        summary: `Port ${port} refuses connections`,
        cause: 'The database server is stopped, listens on another port, or listens on other addresses only.',
        remedy: { text: `Start the database server on ${host}, or correct the port. ${listening}` },
      }
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return {
        ...failed,
        summary: `${host} cannot be reached at port ${port}`,
        cause: 'The server is off, or a firewall or missing route stands between.',
        remedy: { text: `Open port ${port} from this machine to ${host}, or correct the server.` },
      }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unknownName(host, error)
    case 'ECONNRESET':
    case 'EPIPE':
      return {
        ...failed,
        summary: 'The server closed the connection',
        cause: 'Another program than the database may listen at this port, or it takes no more connections.',
        remedy: { text: 'Check that the port is that of the database, and read the log of its server.' },
      }
    default:
      return undefined
  }
}

function unknownName(host: string, error: unknown): Finding {
  return {
    state: 'failed',
    summary: `The name ${host} is not known`,
    driverMessage: firstOf(error).message,
    cause: 'No name server of this machine, nor its hosts file, knows the name.',
    remedy: { text: 'Correct the server’s name, or enter its IP address.' },
  }
}

/** With several addresses Node reports one error for each in one; the first is shown. */
function firstOf(error: unknown): { readonly code: string | undefined; readonly message: string } {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  if (!(first instanceof Error)) return { code: undefined, message: String(first) }
  return { code: (first as NodeJS.ErrnoException).code, message: first.message }
}
