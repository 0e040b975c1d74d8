/** The kinds of message used here. [MS-TDS] 2.2.3.1.1 */
export const PACKET = {
  batch: 0x01,
  rpc: 0x03,
  answer: 0x04,
  attention: 0x06,
  transaction: 0x0e,
  login: 0x10,
  prelogin: 0x12,
} as const

export const HEADER = 8
const LAST = 1

export interface Message {
  readonly type: number
  readonly body: Buffer
}

/** Cuts a message into packets of at most `size` bytes, headers included. [MS-TDS] 2.2.3 */
export function packetsOf(type: number, body: Buffer, size: number): Buffer {
  const packets: Buffer[] = []
  let at = 0
  let id = 1
  do {
    const piece = body.subarray(at, at + size - HEADER)
    at += piece.length
    const header = Buffer.alloc(HEADER)
    header[0] = type
    header[1] = at >= body.length ? LAST : 0
    header.writeUInt16BE(piece.length + HEADER, 2)
    header[6] = id++ & 0xff
    packets.push(header, piece)
  } while (at < body.length)
  return Buffer.concat(packets)
}

/** Puts messages together again from what comes in pieces. */
export class PacketReader {
  #bytes: Buffer = Buffer.alloc(0)
  #pieces: Buffer[] = []

  /** The messages that are complete now. */
  take(bytes: Buffer): readonly Message[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    const messages: Message[] = []
    for (;;) {
      if (this.#bytes.length < HEADER) return messages
      const length = this.#bytes.readUInt16BE(2)
      if (length < HEADER) throw new Error(`A packet of ${length} bytes.`)
      if (this.#bytes.length < length) return messages
      const [type = 0, status = 0] = this.#bytes
      this.#pieces.push(this.#bytes.subarray(HEADER, length))
      this.#bytes = this.#bytes.subarray(length)
      if ((status & LAST) === 0) continue
      messages.push({ type, body: Buffer.concat(this.#pieces) })
      this.#pieces = []
    }
  }
}
