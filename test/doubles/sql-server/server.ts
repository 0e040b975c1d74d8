import { createServer, type AddressInfo, type Socket } from 'node:net'
import { grammarReady } from './grammar/ask.ts'
import type { Asked, Fault, ScriptedStatement } from './script.ts'
import { Session } from './session.ts'

export interface ResponderOptions<State extends object> {
  /** Plain data, shared by all connections. */
  readonly state: State
  readonly statements: readonly ScriptedStatement<State>[]
  /** User and password; left out, everybody may log in. */
  readonly logins?: (state: State) => Readonly<Record<string, string>> | undefined
  /** Left out, every name is one. */
  readonly databases?: (state: State) => readonly string[] | undefined
  /** PEM texts. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Default: `offered` with a certificate, `unsupported` without. */
  readonly encryption?: 'offered' | 'required' | 'unsupported'
  /** By stage or statement; see {@link Fault}. May be changed while it runs. */
  readonly faults?: Map<string, Fault>
  /** Default: a free one. */
  readonly port?: number
}

/** What all sessions of one responder share. */
export interface Shared<State extends object> extends ResponderOptions<State> {
  state: State
  readonly faults: Map<string, Fault>
  readonly asked: Asked
}

export interface Responder<State extends object> {
  readonly port: number
  readonly faults: Map<string, Fault>
  readonly asked: Asked
  /** As it is now. */
  state(): State
  close(): Promise<void>
}

/** Starts a responder on 127.0.0.1: TDS 7.4, and 8.0 where the client begins with TLS. */
export async function startResponder<State extends object>(
  options: ResponderOptions<State>,
): Promise<Responder<State>> {
  await grammarReady()
  const shared: Shared<State> = {
    ...options,
    faults: options.faults ?? new Map(),
    asked: { logins: [], statements: [], unknown: [], sql: [], encrypted: [] },
  }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    const fault = shared.faults.get('connect')
    if (fault === 'drop') socket.destroy()
    else if (fault === undefined) new Session(socket, shared).begin()
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    faults: shared.faults,
    asked: shared.asked,
    state: () => shared.state,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
