import { connect, type Socket } from 'node:net'

/** Opens a TCP connection; closed when the signal aborts. Rejects with the socket's error. */
export function openSocket(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    const close = (): void => {
      socket.destroy()
      reject(new Error('The connection was given up.'))
    }
    if (signal.aborted) return close()
    signal.addEventListener('abort', close, { once: true })
    socket.once('error', reject)
    socket.once('close', () => signal.removeEventListener('abort', close))
    socket.once('connect', () => resolve(socket))
  })
}

/** What the other side says first, at least `length` bytes; fewer (or none) when it closes before. */
export function readFirst(socket: Socket, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const done = (): void => {
      socket.off('data', take).off('end', done).off('error', reject)
      resolve(received)
    }
    const take = (bytes: Buffer): void => {
      received = Buffer.concat([received, bytes])
      if (received.length >= length) done()
    }
    socket.on('data', take).once('end', done).once('error', reject)
  })
}
