import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { realMachine } from '../../../../electron/machine/real.ts'
import { element, type ConfigElement } from '../../../../electron/practice/windows/configuration/element.ts'
import { initialState } from '../../../../electron/practice/windows/initial-state.ts'
import { protection } from '../../../../electron/practice/windows/protect.ts'
import type { ServerState } from '../../../../electron/practice/windows/state.ts'
import { stateStore } from '../../../../electron/practice/windows/store.ts'

const MAIN = new URL('../../../../electron/practice/windows/site/main.ts', import.meta.url).pathname
const machine = realMachine()

export const POOL = 'Identity Pool'
export const SITE = 'Identity'

/** The `web.config` of `dotnet publish`, with these attributes of `aspNetCore` changed and variables set. */
export function webConfig(
  changes: Readonly<Record<string, string>> = {},
  variables: Readonly<Record<string, string>> = {},
): string {
  const attributes = Object.entries({
    processPath: 'dotnet',
    arguments: '.\\IdentityService.dll',
    stdoutLogEnabled: 'false',
    stdoutLogFile: '.\\logs\\stdout',
    hostingModel: 'inprocess',
    ...changes,
  })
  const environment = Object.entries(variables).map(
    ([name, value]) => `<environmentVariable name="${name}" value="${value}" />`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <location path="." inheritInChildApplications="false">
    <system.webServer>
      <handlers><add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" /></handlers>
      <!-- <a comment> -->
      <aspNetCore ${attributes.map(([name, value]) => `${name}="${value}"`).join(' ')}>
        <environmentVariables>${environment.join('')}</environmentVariables>
      </aspNetCore>
    </system.webServer>
  </location>
</configuration>
`
}

/** An `add` element of a pool as the wizard makes it. */
export function poolElement(name: string, model: Record<string, string> = {}): ConfigElement {
  const pool = element({ name, managedRuntimeVersion: '' })
  pool.elements['processModel'] = element({ loadUserProfile: 'true', ...model })
  return pool
}

export interface WantedBinding {
  readonly protocol: 'http' | 'https'
  readonly port: number
  readonly host?: string
}

export function siteElement(
  name: string,
  id: number,
  pool: string,
  folder: string,
  bindings: readonly WantedBinding[],
): ConfigElement {
  const site = element({ name, id: String(id) })
  site.elements['bindings'] = {
    ...element(),
    items: bindings.map(({ protocol, port, host = '' }) =>
      element({
        protocol,
        bindingInformation: `*:${port}:${host}`,
        sslFlags: protocol === 'https' ? '1' : '0',
      }),
    ),
  }
  const application = element({ path: '/', applicationPool: pool })
  application.items.push(element({ path: '/', physicalPath: folder }))
  site.items.push(application)
  return site
}

/** A simulated server in a folder of its own. */
export interface Server {
  readonly folder: string
  change(work: (state: ServerState) => unknown): Promise<void>
  read(): Promise<ServerState>
  protect(text: string): string
}

export async function makeServer(folder: string): Promise<Server> {
  await mkdir(folder, { recursive: true })
  const store = stateStore(machine, folder, () => initialState({ runtimes: ['8.0.11'] }))
  const { protect } = await protection(machine, folder)
  const change = (work: (state: ServerState) => unknown) =>
    store.change(async (state) => {
      await work(state)
    })
  await change(() => undefined)
  return {
    folder,
    change,
    protect,
    read: async () => JSON.parse(await readFile(join(folder, 'state.json'), 'utf8')) as ServerState,
  }
}

export interface SiteProcess {
  readonly pid: number
  /** Sends SIGTERM and gives the exit code. */
  stop(): Promise<number | null>
  readonly ended: Promise<number | null>
}

export function startSite(server: Server, site = SITE): SiteProcess {
  const child = spawn(process.execPath, [MAIN, '--state', server.folder, '--site', site], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    pid: child.pid!,
    ended,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One request on a connection of its own; tried again until somebody listens, for at most half a minute. */
export async function ask(
  url: string,
  options: { readonly host?: string; readonly ca?: string; readonly servername?: string } = {},
): Promise<Reply> {
  const end = Date.now() + 30_000
  for (;;) {
    try {
      return await askOnce(url, options)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ECONNREFUSED' || Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

function askOnce(
  url: string,
  { host, ca, servername }: { readonly host?: string; readonly ca?: string; readonly servername?: string },
): Promise<Reply> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    send(url, {
      agent: false,
      ...(host === undefined ? {} : { headers: { Host: host } }),
      ...(ca === undefined ? {} : { ca }),
      ...(servername === undefined ? {} : { servername }),
    })
      .once('error', reject)
      .once('response', (response) => {
        text(response).then(
          (body) => resolve({ status: response.statusCode!, headers: response.headers, body }),
          reject,
        )
      })
      .end()
  })
}

/** Writes a file and the folders to it. */
export async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}
