import type { Socket } from 'node:net'
import { problemOf, SetupError } from '../../contract/problem.ts'
import { encodeFrame, FrameReader, LARGEST_FRAME } from './frames.ts'
import { protocolError } from './problems.ts'

/** Who hears what comes over a {@link Wire}. */
export interface WireListener {
  /** A message, not checked yet. What this throws closes the wire. */
  message(value: unknown): void
  /** The other side is gone, or this side has closed; with the reason when it was a bad message. Called once. */
  closed(why?: SetupError): void
}

/** Messages both ways over a pipe. What comes before somebody listens waits for them. */
export class Wire {
  readonly #socket: Socket
  readonly #reader: FrameReader
  #listener: WireListener | undefined
  #closed = false
  #why: SetupError | undefined

  /** @param most the longest message that is taken, in bytes; see {@link allow} */
  constructor(socket: Socket, most = LARGEST_FRAME) {
    this.#socket = socket
    this.#reader = new FrameReader(most)
    socket.on('data', (piece: Buffer) => {
      this.#reader.push(piece)
      this.#deliver()
    })
    // A pipe that breaks is closed too, and `close` follows.
    socket.on('error', () => {})
    socket.on('close', () => this.#ended())
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Hands over everything from the next message on, those that have come already included. */
  listen(listener: WireListener): void {
    this.#listener = listener
    if (this.#closed) listener.closed(this.#why)
    else this.#deliver()
  }

  /** Takes messages of this length from now on, in bytes. */
  allow(most: number): void {
    this.#reader.allow(most)
  }

  /** Keeps what comes until somebody else listens. */
  pause(): void {
    this.#listener = undefined
  }

  /** Sends a message; one that nobody is there to receive is lost. */
  send(message: unknown): void {
    if (!this.#closed) this.#socket.write(encodeFrame(message))
  }

  /** Sends what is waiting to be sent, then closes. */
  end(): void {
    this.#socket.end()
  }

  /** Closes at once. Nothing that comes later is read. */
  destroy(why?: SetupError): void {
    if (this.#closed) return
    this.#why = why
    this.#socket.destroy()
    this.#ended()
  }

  #deliver(): void {
    try {
      while (this.#listener && !this.#closed) {
        const next = this.#reader.next()
        if (!next) return
        this.#listener.message(next.value)
      }
    } catch (error) {
      this.destroy(error instanceof SetupError ? error : protocolError(problemOf(error).code))
    }
  }

  #ended(): void {
    if (this.#closed) return
    this.#closed = true
    this.#listener?.closed(this.#why)
  }
}
