import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SetupError } from '../contract/problem.ts'
import type { BackEnd } from './back-end/types.ts'
import { createEventStreams } from './browser/events.ts'
import { createRoutes } from './browser/routes.ts'
import { createSession } from './browser/session.ts'
import { createPages } from './pages.ts'

export interface BrowserHostOptions {
  readonly backEnd: BackEnd
  /** Folder of the built pages. */
  readonly pages: string
  /** Default: any free port. */
  readonly port?: number
}

export interface BrowserHost {
  /** The address to open; its token works once. */
  readonly url: string
  close(): Promise<void>
}

/** A request that takes longer to arrive than this on one's own machine is not a page's. */
const SLOWEST_REQUEST_MS = 30_000

/**
 * Serves the wizard to a browser on this machine, and only on this machine: it listens on 127.0.0.1 alone.
 * Throws a SetupError `serve.port` when the port cannot be had, `serve.pages` when the pages were not built.
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const pages = createPages(options.pages)
  if ((await pages('/')).status !== 200) throw notBuilt(options.pages)
  const server = createServer()
  server.requestTimeout = SLOWEST_REQUEST_MS
  const port = await listen(server, options.port ?? 0)
  const session = createSession(port)
  const events = createEventStreams(options.backEnd)
  const routes = createRoutes({ backEnd: options.backEnd, pages, session, events, port })
  server.on('request', (request, response) => routes(request, response).catch(() => response.destroy()))
  return {
    url: `http://127.0.0.1:${port}/?token=${session.token}`,
    close: () => {
      events.close()
      return stop(server)
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portRefused(port, error)))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () =>
      resolve((server.address() as AddressInfo).port),
    )
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function portRefused(port: number, error: NodeJS.ErrnoException): SetupError {
  return new SetupError({
    code: 'serve.port',
    what: `Port ${port} of this machine cannot be used.`,
    ...(error.code === 'EADDRINUSE' && { cause: 'Another program listens on it.' }),
    next: 'Choose another port, or leave it out to get a free one.',
    details: [error.message],
  })
}

function notBuilt(folder: string): SetupError {
  return new SetupError({
    code: 'serve.pages',
    what: 'The pages of the wizard are missing.',
    where: { file: folder },
    next: 'Build them with npm run build, or install the program again.',
  })
}
