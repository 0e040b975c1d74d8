import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

const HEADER = 8
const PRELOGIN = 0x12
const LAST = 1

/**
 * A stream on which TLS shakes hands inside PRELOGIN packets, as SQL Server before TDS 8.0 wants it. Good for the
 * handshake only: nothing is sent behind it.
 * https://learn.microsoft.com/openspecs/windows_protocols/ms-tds/60f56408-0188-4cd5-8b90-25c6f2423868
 */
export class PreloginTunnel extends Duplex {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)

  constructor(socket: Socket) {
    super()
    this.#socket = socket
    socket
      .on('data', (bytes) => this.#take(bytes))
      .once('end', () => this.push(null))
      .once('error', (error) => this.destroy(error))
      .once('close', () => this.destroy())
  }

  override _read(): void {
    // The socket pushes.
  }

  override _write(bytes: Buffer, _encoding: string, written: (error?: Error | null) => void): void {
    const header = Buffer.from([PRELOGIN, LAST, 0, 0, 0, 0, 0, 0])
    header.writeUInt16BE(bytes.length + HEADER, 2)
    this.#socket.write(Buffer.concat([header, bytes]), written)
  }

  #take(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes])
    while (this.#received.length >= HEADER) {
      const length = this.#received.readUInt16BE(2)
      if (length < HEADER) return void this.destroy(new Error('The server’s answer to TLS cannot be read.'))
      if (this.#received.length < length) return
      this.push(this.#received.subarray(HEADER, length))
      this.#received = this.#received.subarray(length)
    }
  }
}
