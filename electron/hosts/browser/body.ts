import type { IncomingMessage } from 'node:http'

/** Far above what any page sends; keeps a runaway page from filling the memory. Bytes. */
const LONGEST = 1024 * 1024

/** What came with a request: its JSON, or why there is none. */
export type Body = { readonly json: unknown } | { readonly failure: 'too-long' | 'not-json' }

/** Reads a request's body as UTF-8 JSON. What goes beyond 1 MiB is thrown away as it comes. */
export async function readJson(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = []
  let length = 0
  // Read to its end even when it is too long: a client still sending would miss the answer that says so.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= LONGEST) chunks.push(chunk)
    else chunks.length = 0
  }
  if (length > LONGEST) return { failure: 'too-long' }
  try {
    return { json: JSON.parse(Buffer.concat(chunks).toString('utf8')) }
  } catch {
    return { failure: 'not-json' }
  }
}
