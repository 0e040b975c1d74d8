import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../free-port.ts'

/** How long a start may take before a test calls it hung. */
const PATIENCE_MS = 60_000

/** How a shell reports a process that ended itself with SIGABRT, as .NET does on an unhandled exception. */
const ABORTED = 134

interface Ended {
  readonly code: number | undefined
  readonly stderr: string
}

export interface RunningService {
  /** Without a slash at its end. */
  readonly url: string
  /** Ends the service as a service manager does and waits for it. */
  stop(): Promise<Ended>
}

interface Launched extends RunningService {
  readonly ended: Promise<Ended>
}

/**
 * Starts the published service without a container, in a folder that holds its `appsettings.json`, and waits until
 * it listens.
 * @param program folder of `IdentityService.dll`.
 * @param folder working folder; its `appsettings.json` is what the service reads.
 * @throws Error with its standard error when it ends instead.
 */
export async function startService(program: string, folder: string): Promise<RunningService> {
  const service = await launch(program, folder)
  let over: Ended | undefined
  void service.ended.then((ended) => (over = ended))
  for (const limit = Date.now() + PATIENCE_MS; Date.now() < limit; await sleep(50)) {
    if (over) throw new Error(`The service ended with ${over.code}:\n${over.stderr}`)
    if (await answers(service.url)) return service
  }
  await service.stop()
  throw new Error(`The service did not listen within ${PATIENCE_MS} ms.`)
}

/** Starts it where it must not come up, and waits for its end. */
export async function failToStart(program: string, folder: string, port?: number): Promise<Ended> {
  const service = await launch(program, folder, port)
  const hung = new AbortController()
  const first = await Promise.race([
    service.ended,
    sleep(PATIENCE_MS, undefined, { signal: hung.signal }).catch(() => undefined),
  ])
  hung.abort()
  if (first) return first
  await service.stop()
  throw new Error('The service was expected to fail, and runs.')
}

/** Writes `appsettings.json` into a working folder. */
export async function writeSettings(folder: string, settings: object): Promise<void> {
  await writeFile(join(folder, 'appsettings.json'), JSON.stringify(settings, undefined, 2))
}

async function launch(program: string, folder: string, port?: number): Promise<Launched> {
  const url = `http://127.0.0.1:${port ?? (await freePort())}`
  const child = spawn('dotnet', [join(program, 'IdentityService.dll')], {
    cwd: folder,
    env: { ...process.env, ASPNETCORE_URLS: url, DOTNET_CLI_TELEMETRY_OPTOUT: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) =>
      resolve({ code: signal === 'SIGABRT' ? ABORTED : (code ?? undefined), stderr }),
    )
  })
  const stop = (): Promise<Ended> => {
    child.kill('SIGTERM')
    return ended
  }
  return { url, ended, stop }
}

/** Whether anything answers there; what it answers is for the test to judge. */
async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/.well-known/openid-configuration/jwks`).then(
    () => true,
    () => false,
  )
}
