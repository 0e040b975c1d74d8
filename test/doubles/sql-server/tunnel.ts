import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { HEADER, PACKET, packetsOf } from './packets.ts'

/**
 * The TLS handshake inside PRELOGIN packets: until the first packet that is none, records travel wrapped, then bare. Each
 * flight is answered with one message, as clients expect. [MS-TDS] 2.2.6.5, 3.3.5.2
 */
export class PreloginTunnel extends Duplex {
  readonly #socket: Socket
  #bare = false
  #received: Buffer = Buffer.alloc(0)
  #flight: Buffer[] = []

  constructor(socket: Socket) {
    super()
    this.#socket = socket
    socket.on('data', (bytes) => this.#take(bytes))
    socket.on('end', () => this.push(null))
    socket.on('close', () => this.destroy())
  }

  override _read(): void {
    // The socket pushes.
  }

  override _write(bytes: Buffer, _encoding: string, written: (error?: Error | null) => void): void {
    if (this.#bare) return void this.#socket.write(bytes, written)
    if (this.#flight.length === 0) setImmediate(() => this.#sendFlight())
    this.#flight.push(bytes)
    written()
  }

  override _final(ended: () => void): void {
    this.#socket.end(ended)
  }

  override _destroy(error: Error | null, destroyed: (error: Error | null) => void): void {
    this.#socket.destroy()
    destroyed(error)
  }

  #take(bytes: Buffer): void {
    if (this.#bare) return void this.push(bytes)
    this.#received = Buffer.concat([this.#received, bytes])
    while (this.#received.length >= HEADER) {
      if (this.#received[0] !== PACKET.prelogin) {
        this.#bare = true
        this.push(this.#received)
        return
      }
      const length = this.#received.readUInt16BE(2)
      if (this.#received.length < length) return
      this.push(this.#received.subarray(HEADER, length))
      this.#received = this.#received.subarray(length)
    }
  }

  #sendFlight(): void {
    const flight = Buffer.concat(this.#flight)
    this.#flight = []
    if (!this.#socket.destroyed) this.#socket.write(packetsOf(PACKET.prelogin, flight, 4096))
  }
}
