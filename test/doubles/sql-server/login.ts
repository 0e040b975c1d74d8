/** What a client says when it logs in. */
export interface Login {
  readonly user: string
  readonly password: string
  readonly database: string
  readonly server: string
  readonly program: string
  /** The client wants to log in as its own Windows account. */
  readonly windows: boolean
  readonly packetSize: number
}

/** LOGIN7. [MS-TDS] 2.2.6.4 */
export function readLogin(body: Buffer): Login {
  const text = (at: number): string => field(body, at).toString('utf16le')
  return {
    user: text(40),
    password: plainPassword(field(body, 44)),
    database: text(68),
    server: text(52),
    program: text(48),
    windows: (body[25]! & 0x80) !== 0,
    packetSize: body.readUInt32LE(8),
  }
}

/** A field stands in the fixed part as offset and length in characters. */
function field(body: Buffer, at: number): Buffer {
  const start = body.readUInt16LE(at)
  return body.subarray(start, start + 2 * body.readUInt16LE(at + 2))
}

/** Undoes the scrambling of a password: halves of each byte swapped, then exclusive or with A5. */
function plainPassword(scrambled: Buffer): string {
  const plain = scrambled.map((byte) => {
    const mixed = byte ^ 0xa5
    return ((mixed << 4) | (mixed >> 4)) & 0xff
  })
  return Buffer.from(plain).toString('utf16le')
}
