import type { IncomingMessage, ServerResponse } from 'node:http'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { lookUp } from '../configuration/element.ts'
import { mayRead, tokenOf } from './access.ts'
import { startApplication, type Outcome } from './application.ts'
import { detailedPage, shortPage } from './detailed-page.ts'
import { addEvents, identityRefused } from './events.ts'
import { IIS_FAILURES } from './failures.ts'
import type { SiteHost } from './host.ts'
import { canLogOn } from './identity.ts'
import { kernelPage, modulePage } from './pages.ts'
import { redirectOf } from './redirect.ts'
import type { Scene } from './scene.ts'
import { MalformedWebConfig, readSiteWebConfig, type SiteWebConfig } from './web-config.ts'

type Told = (typeof IIS_FAILURES)[keyof typeof IIS_FAILURES]

/** Answers the requests of one site: HTTP.sys's part, IIS's part and, by the module, the application's. */
export class Worker {
  readonly #host: SiteHost
  readonly #startup: () => Promise<void>
  #running: { readonly key: string; readonly outcome: Promise<Outcome> } | undefined

  /** @param startup what happens before the program starts; tests make it slow */
  constructor(host: SiteHost, startup: () => Promise<void>) {
    this.#host = host
    this.#startup = startup
  }

  /** Answers one request that came in by this scheme and port. */
  async answer(
    scene: Scene,
    scheme: 'http:' | 'https:',
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    // By this the wizard knows a process it may end: ids of processes are used again.
    response.setHeader('X-Practice-Process', String(process.pid))
    if (!isForSite(scene, scheme, request)) return invalidHostname(response)
    if (!scene.poolStarted || scene.pool === undefined) return unavailable(response)
    if (!canLogOn(scene, this.#host)) {
      await this.#disablePool(scene)
      return unavailable(response)
    }
    response.setHeader('Server', 'Microsoft-IIS/10.0')
    const url = request.url ?? '/'
    const config = await this.#configuration(scene)
    if (config !== undefined && 'status' in config) return told(scene, config, request, response, scheme)
    const redirect = redirectOf(scene, config, url)
    if (redirect !== undefined) {
      response.writeHead(redirect.status, {
        Location: redirect.location,
        'Content-Type': 'text/html; charset=UTF-8',
      })
      response.end()
      return
    }
    if (config?.aspNetCore === undefined) {
      const failure = /^\/(\?|$)/.test(url) ? IIS_FAILURES.noListing : IIS_FAILURES.notFound
      return told(scene, failure, request, response, scheme)
    }
    const { service, failure } = await this.#application(scene, { ...config, aspNetCore: config.aspNetCore })
    if (service !== undefined) return service.listener(scheme)(request, response)
    response.writeHead(failure!.status, { 'Content-Type': 'text/html' })
    response.end(modulePage(failure!))
  }

  /** Ends the application when its pool does not run, or was recycled; it starts again with the next request. */
  async settle(scene: Scene | undefined): Promise<void> {
    if (this.#running === undefined) return
    if (scene?.started && scene.poolStarted && this.#running.key === (await keyOf(scene))) return
    await this.stop()
  }

  async stop(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    const outcome = await running?.outcome
    await outcome?.service?.close()
  }

  /** What web.config says, or why IIS refuses it; undefined when there is none. */
  async #configuration(scene: Scene): Promise<SiteWebConfig | Told | undefined> {
    const { folder, state, pool } = scene
    const isFolder = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (!isFolder) return IIS_FAILURES.noFolder
    const file = join(folder, 'web.config')
    const token = tokenOf(pool!, state)
    const bytes = await readFile(file).catch(() => undefined)
    if (!(await mayRead(state, token, bytes === undefined ? folder : file))) return IIS_FAILURES.denied
    if (bytes === undefined) return undefined
    try {
      const config = readSiteWebConfig(bytes)
      return config.aspNetCore !== undefined && !moduleIsThere(state) ? IIS_FAILURES.unknownSection : config
    } catch (error) {
      if (error instanceof MalformedWebConfig) return IIS_FAILURES.notXml
      throw error
    }
  }

  /** The application as it runs, or as it failed: the module tries again only after a change of web.config or a recycle. */
  async #application(
    scene: Scene,
    config: SiteWebConfig & { readonly aspNetCore: Readonly<Record<string, string>> },
  ): Promise<Outcome> {
    const key = await keyOf(scene)
    if (this.#running?.key !== key) {
      const before = this.#running
      const outcome = this.#start(scene, config, before?.outcome)
      this.#running = { key, outcome }
    }
    return this.#running!.outcome
  }

  async #start(
    scene: Scene,
    config: SiteWebConfig & { readonly aspNetCore: Readonly<Record<string, string>> },
    before: Promise<Outcome> | undefined,
  ): Promise<Outcome> {
    await (await before)?.service?.close()
    const now = () => new Date()
    const outcome = await startApplication(scene, config, this.#startup, now)
    await this.#host.change((state) => addEvents(state, outcome.events, now()))
    return outcome
  }

  async #disablePool({ poolName }: Scene): Promise<void> {
    await this.#host.change((state) => {
      const name = lookUp(state.iis.poolStates, poolName)?.[0] ?? poolName
      if (state.iis.poolStates[name] === 'Stopped') return
      state.iis.poolStates[name] = 'Stopped'
      addEvents(state, identityRefused(name), new Date())
    })
  }
}

/** What makes an application another one: its pool's recycling and settings, and the time of its web.config. */
async function keyOf(scene: Scene): Promise<string> {
  const written = await stat(join(scene.folder, 'web.config')).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
  const recycled = lookUp(scene.state.runtime.recycled, scene.poolName)?.[1] ?? 0
  return JSON.stringify([scene.pool, scene.folder, recycled, written])
}

/** The hosting bundle has to have come after IIS, and IIS has to have been started since. */
function moduleIsThere({ module, iis, runtime }: Scene['state']): boolean {
  const listed = iis.modules.some(({ name }) => name === 'AspNetCoreModuleV2')
  return module?.registered === true && listed && runtime.iisRestartNeeded !== true
}

function isForSite(scene: Scene, scheme: 'http:' | 'https:', request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  return scene.bindings.some(
    (binding) =>
      `${binding.protocol}:` === scheme &&
      binding.port === request.socket.localPort &&
      (binding.host === '' || binding.host === host),
  )
}

function invalidHostname(response: ServerResponse): void {
  kernel(
    response,
    400,
    kernelPage(
      'Bad Request',
      'Bad Request - Invalid Hostname',
      'HTTP Error 400. The request hostname is invalid.',
    ),
  )
}

function unavailable(response: ServerResponse): void {
  kernel(
    response,
    503,
    kernelPage('Service Unavailable', 'Service Unavailable', 'HTTP Error 503. The service is unavailable.'),
  )
}

/** HTTP.sys names itself and closes the connection. */
function kernel(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    Server: 'Microsoft-HTTPAPI/2.0',
    'Content-Type': 'text/html; charset=us-ascii',
    Connection: 'close',
  })
  response.end(page)
}

function told(
  scene: Scene,
  failure: Told,
  request: IncomingMessage,
  response: ServerResponse,
  scheme: string,
): void {
  const near = /^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? '')
  const url = `${scheme}//${request.headers.host ?? 'localhost'}${request.url ?? '/'}`
  const file = failure.subStatus === 19 ? { configFile: join(scene.folder, 'web.config') } : {}
  const page = near
    ? detailedPage({ ...failure, ...file, url }, scene.state.system.language)
    : shortPage(failure.status, failure.phrase)
  response.writeHead(failure.status, { 'Content-Type': 'text/html; charset=utf-8' })
  response.end(page)
}
