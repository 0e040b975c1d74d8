import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../../free-port.ts'

const MAIN = new URL('../../../electron/practice/service/main.ts', import.meta.url).pathname
/** Runs a command to its end; rejects when it fails. */
export const run = promisify(execFile)

/** The settings of one service, as the wizard would have left them in the file. */
export type FileSettings = Record<string, unknown>

export interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly origin: string
  readonly pid: number
  stop(): Promise<Ended>
}

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'practice-service-'))
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** Writes `appsettings.json`: an object as JSON, a text or bytes as they are. */
export async function writeSettings(folder: string, settings: FileSettings | string | Buffer): Promise<void> {
  const plain = typeof settings === 'string' || Buffer.isBuffer(settings)
  await writeFile(join(folder, 'appsettings.json'), plain ? settings : JSON.stringify(settings, undefined, 2))
}

export interface PfxWishes {
  /** What openssl takes after `-newkey`. Default RSA 2048. */
  readonly key?: readonly string[]
  /** Default none. */
  readonly password?: string
  readonly withKey?: boolean
  /** Further options of `openssl pkcs12`. */
  readonly options?: readonly string[]
}

/** Makes NAME.key, NAME.crt (for 127.0.0.1) and NAME.pfx with the openssl command. Returns the PFX's path. */
export async function makePfx(folder: string, name: string, wishes: PfxWishes = {}): Promise<string> {
  const { key = ['rsa:2048'], password = '', withKey = true, options = [] } = wishes
  const at = (end: string) => join(folder, name + end)
  const subject = [
    '-subj',
    '/CN=Identity Service test',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
    '-days',
    '30',
  ]
  const made = ['-nodes', '-keyout', at('.key'), '-out', at('.crt')]
  await run('openssl', ['req', '-x509', '-newkey', ...key, ...subject, ...made])
  const parts = withKey ? ['-inkey', at('.key')] : ['-nokeys']
  const output = ['-passout', `pass:${password}`, '-out', at('.pfx')]
  await run('openssl', ['pkcs12', '-export', ...parts, '-in', at('.crt'), ...options, ...output])
  return at('.pfx')
}

function launch(folder: string, origin: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN, '--folder', folder, '--url', origin], {
    env: { ...process.env, ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr })),
  )
  const listening = new Promise<void>((resolve) =>
    child.stdout.on('data', () => stdout.includes('Now listening on: ') && resolve()),
  )
  return { child, ended, listening }
}

/** Starts the service and waits until it says that it listens; rejects with its last words when it ends instead. */
export async function start(
  folder: string,
  port?: number,
  env: Record<string, string> = {},
  scheme: 'http' | 'https' = 'http',
): Promise<Running> {
  const origin = `${scheme}://127.0.0.1:${port ?? (await freePort())}`
  const { child, ended, listening } = launch(folder, origin, env)
  await Promise.race([
    listening,
    ended.then(({ stderr }) => Promise.reject(new Error(`The service ended:\n${stderr}`))),
  ])
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return { origin, pid: child.pid!, stop }
}

/** Starts the service and waits for its end; a service that comes up after all is stopped and reported. */
export async function startToFail(
  folder: string,
  port?: number,
  env: Record<string, string> = {},
): Promise<Ended> {
  const { child, ended, listening } = launch(folder, `http://127.0.0.1:${port ?? (await freePort())}`, env)
  const came = listening.then(() => {
    child.kill('SIGTERM')
    throw new Error('The service came up although it should not')
  })
  return Promise.race([ended, came])
}

/** A form sent to the token endpoint. */
export async function askToken(
  origin: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; type: string | null; body: Record<string, unknown> }> {
  const response = await fetch(`${origin}/connect/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  })
  const text = await response.text()
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  }
}
