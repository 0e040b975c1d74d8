import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'

/** Where SQL Server Browser listens. https://learn.microsoft.com/sql/database-engine/configure-windows/sql-server-browser-service-database-engine-and-ssas */
const BROWSER_PORT = 1434

/** What SQL Server Browser says of an instance; it says nothing of one that it does not know. */
export type BrowserAnswer =
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'no-tcp' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'nonsense' }

// [MC-SQLR] 2.2.3 and 2.2.5: https://learn.microsoft.com/openspecs/windows_protocols/mc-sqlr
const CLNT_UCAST_INST = 0x04
const SVR_RESP = 0x05
const HEADER = 3
/** A datagram may get lost: asked again after each of these milliseconds. */
const WAITS = [700, 1000, 1300]

/**
 * Asks SQL Server Browser at these addresses for the TCP port of an instance. The first answer counts.
 * Rejects when the signal aborts.
 */
export async function askBrowser(
  addresses: readonly string[],
  instance: string,
  signal: AbortSignal,
  browserPort = BROWSER_PORT,
): Promise<BrowserAnswer> {
  const sockets = addresses.map((address) => ({
    address,
    socket: createSocket(isIPv6(address) ? 'udp6' : 'udp4'),
  }))
  const request = Buffer.concat([Buffer.from([CLNT_UCAST_INST]), Buffer.from(`${instance}\0`, 'latin1')])
  let again: NodeJS.Timeout | undefined
  try {
    return await new Promise<BrowserAnswer>((resolve, reject) => {
      const giveUp = (): void => reject(new Error('The connection was given up.'))
      if (signal.aborted) return giveUp()
      signal.addEventListener('abort', giveUp, { once: true })
      for (const { socket } of sockets)
        socket
          // A closed port answers by ICMP: that is no Browser, like silence.
          .on('error', () => undefined)
          .on('message', (answer) => resolve(readAnswer(answer)))
      const ask = (attempt: number): void => {
        const wait = WAITS[attempt]
        if (wait === undefined) return resolve({ kind: 'silent' })
        for (const { socket, address } of sockets) socket.send(request, browserPort, address, () => undefined)
        again = setTimeout(() => ask(attempt + 1), wait)
      }
      ask(0)
    })
  } finally {
    clearTimeout(again)
    for (const { socket } of sockets) socket.close()
  }
}

function readAnswer(answer: Buffer): BrowserAnswer {
  if (answer.length < HEADER || answer[0] !== SVR_RESP) return { kind: 'nonsense' }
  const fields = answer.toString('latin1', HEADER).split(';')
  if (fields[0] !== 'ServerName') return { kind: 'nonsense' }
  const port = /^\d{1,5}$/.exec(fields[fields.indexOf('tcp') + 1] ?? '')?.[0]
  if (!fields.includes('tcp') || port === undefined) return { kind: 'no-tcp' }
  return { kind: 'port', port: Number(port) }
}
