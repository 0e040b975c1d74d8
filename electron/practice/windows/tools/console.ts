import iconv from 'iconv-lite'
import type { SimulatedServer, ToolAnswer } from '../tool.ts'

/** The two streams of an answer as text; a stream that is left out stays empty. */
export interface Said {
  readonly out?: string
  readonly err?: string
}

/** An answer on both streams, in the code page of consoles. */
export function says({ state }: SimulatedServer, code: number, { out = '', err = '' }: Said): ToolAnswer {
  const page = `cp${state.system.oemPage}`
  return { code, stdout: iconv.encode(out, page), stderr: iconv.encode(err, page) }
}

/**
 * An answer of netsh or whoami, which write UTF-8 on Windows 11 build 26200.
 *
 * Unverified on a real server: older builds, which here write the code page of consoles.
 */
export function saysUtf8OnNewBuilds(
  server: SimulatedServer,
  code: number,
  out: string,
  err = '',
): ToolAnswer {
  if (server.state.system.build < 26_000) return says(server, code, { out, err })
  return { code, stdout: Buffer.from(out), stderr: Buffer.from(err) }
}
