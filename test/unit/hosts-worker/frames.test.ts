import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeFrame, FrameReader } from '../../../electron/hosts/worker/frames.ts'
import { MISUNDERSTOOD } from './samples.ts'

const MOST = 4096

/** Every message in bytes that come in pieces cut at the given places. */
function readAll(bytes: Uint8Array, cuts: readonly number[], most = MOST): unknown[] {
  const reader = new FrameReader(most)
  const found: unknown[] = []
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  for (const [at, from] of [0, ...places].entries()) {
    reader.push(bytes.subarray(from, places[at] ?? bytes.length))
    for (let next = reader.next(); next; next = reader.next()) found.push(next.value)
  }
  return found
}

function raw(length: number, body: Uint8Array): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt32BE(length)
  return Buffer.concat([header, body])
}

describe('frames', () => {
  it('come out as they went in, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), fc.array(fc.nat()), (messages, cuts) => {
        const bytes = Buffer.concat(messages.map((message) => encodeFrame(message)))
        expect(readAll(bytes, cuts, 1 << 20)).toEqual(messages.map((one) => JSON.parse(JSON.stringify(one))))
      }),
    )
  })

  it('answers garbage with one code or with waiting, and with nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat()), (bytes, cuts) => {
        try {
          readAll(bytes, cuts)
        } catch (error) {
          expect(error).toMatchObject({ problem: { code: 'elevation.protocol' } })
        }
      }),
    )
  })

  it('refuses a message that is too long at its header, before any of it is kept', () => {
    const reader = new FrameReader(MOST)
    reader.push(raw(MOST + 1, Buffer.alloc(0)))
    expect(() => reader.next()).toThrow(MISUNDERSTOOD)
    reader.push(raw(0xff_ff_ff_ff, Buffer.alloc(0)))
    expect(() => reader.next()).toThrow(MISUNDERSTOOD)
  })

  it('takes a message of exactly the limit', () => {
    const text = 'x'.repeat(MOST - 2)
    expect(readAll(encodeFrame(text), [])).toEqual([text])
    expect(() => readAll(encodeFrame(`${text}x`), [])).toThrow(MISUNDERSTOOD)
  })

  it('refuses an empty message, half a character and what is no JSON, without repeating it', () => {
    expect(() => readAll(raw(0, Buffer.alloc(0)), [])).toThrow(MISUNDERSTOOD)
    expect(() => readAll(raw(3, Buffer.from([0x22, 0xc3, 0x22])), [])).toThrow(MISUNDERSTOOD)
    const secret = Buffer.from('{"secret":"Canary-7f3k"')
    try {
      readAll(raw(secret.length, secret), [])
      expect.unreachable()
    } catch (error) {
      expect(JSON.stringify((error as { problem: unknown }).problem)).not.toContain('Canary')
    }
  })

  it('does not send what the other side would refuse', () => {
    expect(() => encodeFrame('x'.repeat(100), 50)).toThrow(MISUNDERSTOOD)
  })
})
