import type { ServerState } from '../state.ts'

/** How a worker process reaches the simulated server that it is a part of. */
export interface SiteHost {
  /** As it is at this moment; not to be changed. */
  state(): Promise<ServerState>
  /** Changes the state under the server's lock. */
  change(work: (state: ServerState) => void): Promise<void>
  /** Opens what the server protected, such as the password of a pool. */
  reveal(text: string): string
}
