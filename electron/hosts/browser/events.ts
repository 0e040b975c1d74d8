import type { ServerResponse } from 'node:http'
import type { PageEvent } from '../../contract/calls.ts'
import type { BackEnd } from '../back-end/types.ts'

/** More tabs than anyone opens; keeps a runaway page from holding every socket. */
const MOST_STREAMS = 16
/** Keeps proxies and sleepy browsers from dropping a quiet stream. */
const HEARTBEAT_MS = 15_000

/** The back end's events as server-sent events, to every page that listens. */
export interface EventStreams {
  /** Whether no further page can listen. */
  full(): boolean
  /** Turns a response, its headers already written, into a stream. */
  add(response: ServerResponse): void
  close(): void
}

export function createEventStreams(backEnd: Pick<BackEnd, 'onEvent'>): EventStreams {
  const streams = new Set<ServerResponse>()
  const send = (text: string) => streams.forEach((stream) => stream.write(text))
  const unsubscribe = backEnd.onEvent((event: PageEvent) => send(`data: ${JSON.stringify(event)}\n\n`))
  const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
  return {
    full: () => streams.size >= MOST_STREAMS,
    add(response) {
      streams.add(response)
      response.on('close', () => streams.delete(response))
      response.write(': connected\n\n')
    },
    close() {
      unsubscribe()
      clearInterval(heartbeat)
      for (const stream of streams) stream.end()
    },
  }
}
