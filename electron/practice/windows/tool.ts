import iconv from 'iconv-lite'
import type { Machine, WindowsFolders } from '../../machine/machine.ts'
import type { ServerState } from './state.ts'

/** One call of a simulated program. */
interface ToolCall {
  /** The program as it was started. */
  readonly program: string
  readonly args: readonly string[]
  /** All of standard input; empty when there was none. */
  readonly stdin: Buffer
}

export interface ToolAnswer {
  readonly code: number
  readonly stdout: Uint8Array
  readonly stderr: Uint8Array
}

/** What a tool may use. Its state is a copy that is saved once the tool has answered; the lock is held meanwhile. */
export interface SimulatedServer {
  readonly state: ServerState
  /** The machine below: its files are the simulated drive's too. */
  readonly real: Machine
  /** Where the simulation keeps what it knows. */
  readonly folder: string
  /** Folders of the simulated drive. */
  readonly windows: WindowsFolders
  /** Encrypts a text for the state, as IIS does with a password; the same text gives the same result. */
  protect(text: string): string
  /** Opens what {@link protect} made. */
  reveal(text: string): string
}

/** A program of Windows. It answers every call; what it throws is a defect of the simulation. */
export type SimulatedTool = (call: ToolCall, server: SimulatedServer) => ToolAnswer | Promise<ToolAnswer>

const NOTHING = Buffer.alloc(0)

/** An answer in the console's code page, on standard output unless told otherwise. Lines are handed over as they are. */
export function answer(
  { state }: Pick<SimulatedServer, 'state'>,
  code: number,
  text: string,
  stream: 'stdout' | 'stderr' = 'stdout',
): ToolAnswer {
  const bytes = iconv.encode(text, `cp${state.system.oemPage}`)
  return { code, stdout: NOTHING, stderr: NOTHING, [stream]: bytes }
}
