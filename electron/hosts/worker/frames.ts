import { protocolError } from './problems.ts'

/** The longest message of a side that is known, in bytes: a run's whole log, or every line of a large plan. */
export const LARGEST_FRAME = 16 * 1024 * 1024

/** The longest first message, in bytes: nobody unknown makes this program keep more. */
export const LARGEST_HELLO = 512

const HEADER = 4

/**
 * A message as it crosses the pipe: its length in bytes (unsigned, 32 bits, big-endian), then JSON in UTF-8.
 * @throws SetupError `elevation.protocol` when it is longer than the other side would take
 */
export function encodeFrame(message: unknown, most = LARGEST_FRAME): Buffer {
  const body = Buffer.from(JSON.stringify(message), 'utf8')
  if (body.length > most) throw protocolError(`a message of ${body.length} bytes`)
  const header = Buffer.alloc(HEADER)
  header.writeUInt32BE(body.length)
  return Buffer.concat([header, body])
}

/** Finds messages in bytes that come in pieces of any size. Keeps no more than one message allows. */
export class FrameReader {
  #pieces: Uint8Array[] = []
  #held = 0
  #most: number

  /** @param most the longest message that is taken, in bytes */
  constructor(most: number) {
    this.#most = most
  }

  /** Takes longer messages from now on. */
  allow(most: number): void {
    this.#most = most
  }

  push(piece: Uint8Array): void {
    this.#pieces.push(piece)
    this.#held += piece.length
  }

  /**
   * The next whole message, or undefined until more has come.
   * @throws SetupError `elevation.protocol` for one that is too long, empty, or no JSON in UTF-8
   */
  next(): { readonly value: unknown } | undefined {
    if (this.#held < HEADER) return undefined
    if (this.#pieces[0]!.length < HEADER) this.#join()
    const header = this.#pieces[0]!
    const length = new DataView(header.buffer, header.byteOffset, HEADER).getUint32(0)
    if (length === 0 || length > this.#most) throw protocolError(`a message of ${length} bytes`)
    if (this.#held < HEADER + length) return undefined
    const all = this.#join()
    this.#pieces = [all.subarray(HEADER + length)]
    this.#held -= HEADER + length
    return { value: parsed(all.subarray(HEADER, HEADER + length)) }
  }

  #join(): Uint8Array {
    const all = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces)
    this.#pieces = [all]
    return all
  }
}

/** What was read stays out of the error: it may hold a secret. */
function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)) as unknown
  } catch {
    throw protocolError('a message that is no JSON')
  }
}
