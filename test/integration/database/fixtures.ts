import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { startPostgres, type Postgres, type PostgresOptions } from '../../../electron/practice/postgres.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { freePort } from '../../free-port.ts'

export interface TestServer extends Postgres {
  /** Runs SQL as the superuser, in the database `creatio` unless another is named. */
  sql(text: string, database?: string): Promise<void>
  /** A connection string in Creatio's spelling; keywords given win. */
  as(user: string, password: string, more?: string): Secret
  /** Ends the server and starts it again at the same port, for settings that are read at the start only. */
  restart(): Promise<void>
  remove(): Promise<void>
}

export async function startServer(tls?: PostgresOptions['tls']): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'database-test-'))
  const options = { folder, log: () => undefined, ...(tls ? { tls } : {}) }
  const server = await startPostgres(options)
  const { host, port } = server
  return {
    ...server,
    sql: async (text, database = server.database) => {
      const client = new pg.Client({
        host,
        port,
        database,
        user: server.user,
        password: server.password.open(),
      })
      await client.connect()
      await client.query(text).finally(() => client.end())
    },
    as: (user, password, more = '') =>
      new Secret(`Server=${host};Port=${port};Database=creatio;User ID=${user};Password=${password};${more}`),
    restart: async () => {
      await server.stop()
      await startPostgres({ ...options, port })
    },
    remove: async () => {
      await server.stop()
      await rm(server.folder, { recursive: true })
    },
  }
}

/** States by layer, for comparing a whole test at a glance. */
export function states(layers: readonly LayerResult[]): string {
  return layers.map(({ id, state }) => `${id} ${state}`).join(', ')
}

export function layer(layers: readonly LayerResult[], id: string): LayerResult {
  return layers.find((one) => one.id === id)!
}

export interface Listener {
  readonly port: number
  close(): Promise<void>
}

/** A TCP server of another kind than a database: `talk` gets each connection. */
export async function listen(talk: (socket: Socket) => void): Promise<Listener> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    talk(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers whatever comes as a web server answers nonsense. */
export function talkHttp(socket: Socket): void {
  socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'))
}

/** A port on which nobody listens, for as long as the test runs. */
export const closedPort = freePort
