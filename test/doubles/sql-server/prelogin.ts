import { u8 } from './bytes.ts'

/** Values of the ENCRYPTION option. [MS-TDS] 2.2.6.5 */
export const ENCRYPTION = { off: 0, on: 1, notSupported: 2, required: 3 } as const

const VERSION = 0
const ENCRYPT = 1
const INSTANCE = 2
const MARS = 4
const END = 0xff

/** What the client asks for; "not supported" when it says nothing. */
export function wantedEncryption(body: Buffer): number {
  for (let at = 0; at + 5 <= body.length && body[at] !== END; at += 5)
    if (body[at] === ENCRYPT) return body[body.readUInt16BE(at + 1)]!
  return ENCRYPTION.notSupported
}

export function preloginAnswer(encryption: number): Buffer {
  const options: readonly (readonly [number, Buffer])[] = [
    [VERSION, Buffer.from([16, 0, 0x0f, 0xa0, 0, 0])],
    [ENCRYPT, u8(encryption)],
    [INSTANCE, u8(0)],
    [MARS, u8(0)],
  ]
  let offset = options.length * 5 + 1
  const table = options.map(([option, value]) => {
    const entry = Buffer.alloc(5)
    entry[0] = option
    entry.writeUInt16BE(offset, 1)
    entry.writeUInt16BE(value.length, 3)
    offset += value.length
    return entry
  })
  return Buffer.concat([...table, u8(END), ...options.map(([, value]) => value)])
}
