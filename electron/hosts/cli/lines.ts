import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** Reads standard input line by line, but only once somebody asks: a terminal is not to be waited for. */
export function lineReader(input: Readable): () => Promise<string | undefined> {
  let lines: AsyncIterator<string> | undefined
  return async () => {
    lines ??= createInterface({ input, crlfDelay: Infinity })[Symbol.asyncIterator]()
    const next = await lines.next()
    return next.done === true ? undefined : next.value
  }
}
