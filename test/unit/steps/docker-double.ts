import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { SetupError } from '../../../electron/contract/problem.ts'
import type {
  Command,
  CommandResult,
  HttpAnswer,
  HttpRequest,
  Machine,
} from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { loadSigningKey } from '../../../electron/practice/service/signing-key.ts'

export const NAME = 'identity'
export const PFX = '/srv/openssl.pfx'
export const SETTINGS = '/srv/appsettings.json'
export const URL = 'http://localhost:8090'
export const CLIENT = 'client0123456789'
export const SECRET = 'Canary-take-up-0123456789'
/** A variable of the container that nobody may read in an argument. */
export const VARIABLE = 'Canary-variable-7x2'

const real = realMachine()
const NOW = new Date('2026-06-01T12:00:00Z')

export interface TestKey {
  readonly pfx: Uint8Array
  readonly key: Awaited<ReturnType<typeof loadSigningKey>>
}

/** A certificate with the key that signs by it. */
export async function testKey(): Promise<TestKey> {
  const { pfx } = await createSigningCertificate({ now: NOW, random: real.random })
  const folder = await mkdtemp(join(tmpdir(), 'test-key-'))
  try {
    const file = join(folder, 'key.pfx')
    await writeFile(file, pfx)
    return { pfx, key: await loadSigningKey(file) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export interface TestContainer {
  readonly id: string
  name: string
  image: string
  state: 'created' | 'running' | 'exited'
  labels: Record<string, string>
  /** What it signs with while it runs. */
  key?: TestKey | undefined
}

/**
 * A container engine that knows one service: by `docker` it is restarted and replaced, by HTTP it signs with the PFX that
 * was there when its container was started.
 */
export class DockerDouble {
  readonly containers: TestContainer[] = []
  /** By tag; an image with a key has the PFX in it. */
  readonly images = new Map<string, { id: string; key?: TestKey }>()
  readonly files = new Map<string, Uint8Array>()
  readonly keys: readonly TestKey[]
  readonly calls: string[] = []
  /** How many requests a container that was started does not answer yet. */
  silentFor = 4
  /** The service ends as soon as it is started. */
  ends = false
  /** Published beside the key that signs. */
  alsoPublished: TestKey | undefined
  /** It starts and cannot sign, as with an EC key and RS256. */
  cannotSign = false
  /** Fields of HostConfig that only the first container has. */
  special: Record<string, unknown> = {}
  log = ''
  #silent = 0
  #time = 0
  #count = 0

  constructor(keys: readonly TestKey[]) {
    this.keys = keys
    this.files.set(PFX, keys[0]!.pfx)
    this.useSecret(SECRET)
  }

  useSecret(secret: string): void {
    const clients = JSON.stringify([{ ClientId: CLIENT, Secrets: [secret] }])
    this.files.set(SETTINGS, Buffer.from(JSON.stringify({ Clients: clients })))
  }

  /** A container as somebody started it. */
  add(name: string, image: string, state: TestContainer['state'] = 'running'): TestContainer {
    const id = `${++this.#count}`.padStart(4, '0').repeat(16)
    const made: TestContainer = { id, name, image: this.images.get(image)?.id ?? image, state, labels: {} }
    if (state === 'running') made.key = this.#keyFor(made)
    this.containers.push(made)
    return made
  }

  get(name: string): TestContainer | undefined {
    return this.containers.find((each) => each.name === name || each.id === name)
  }

  get machine(): Machine {
    return {
      ...real,
      files: { ...real.files, read: async (path: string) => this.files.get(path) },
      processes: { ...real.processes, run: (command: Command) => this.#run(command) },
      network: { ...real.network, http: (url: string, request?: HttpRequest) => this.#http(url, request) },
      clock: {
        now: () => NOW,
        monotonic: () => this.#time,
        sleep: async (ms: number) => {
          this.#time += ms
          await new Promise((resolve) => setImmediate(resolve))
        },
      },
    }
  }

  #keyFor({ image }: TestContainer): TestKey | undefined {
    const built = [...this.images.values()].find(({ id }) => id === image)?.key
    return built ?? this.keys.find(({ pfx }) => pfx === this.files.get(PFX))
  }

  #start(container: TestContainer): void {
    container.key = this.#keyFor(container)
    container.state = this.ends ? 'exited' : 'running'
    this.#silent = this.silentFor
  }

  async #run({ args, env, onLine }: Command): Promise<CommandResult> {
    const [verb = ''] = args
    this.calls.push(args.join(' '))
    const last = args.at(-1)!
    const named = this.get(last)
    const missing = { exitCode: 1, stdout: '', stderr: `Error: No such container: ${last}` }
    if (verb === 'inspect') return this.#inspect(args)
    if (verb === 'image') return this.#inspect(['inspect', '--type', 'image', last])
    if (verb === 'logs') {
      for (const line of this.log.split('\n')) onLine?.(line)
      return done()
    }
    if (verb === 'create') return this.#create(args, env)
    if (verb === 'rename') {
      const found = this.get(args[1]!)
      if (!found) return missing
      if (this.get(last)) return { exitCode: 1, stdout: '', stderr: `the name "${last}" is already in use` }
      found.name = last
      return done()
    }
    if (!named) return missing
    if (verb === 'rm') this.containers.splice(this.containers.indexOf(named), 1)
    else if (verb === 'stop') named.state = 'exited'
    else if (verb === 'restart' || (verb === 'start' && named.state !== 'running')) this.#start(named)
    return done()
  }

  #inspect(args: readonly string[]): CommandResult {
    const names = args.slice(3)
    const found =
      args[2] === 'image'
        ? [...this.images.entries()]
            .filter(([tag, { id }]) => names.includes(tag) || names.includes(id))
            .map(([, { id }]) => ({ Id: id, Config: { Env: ['FROM_IMAGE=1'] } }))
        : names.flatMap((name) => this.get(name) ?? []).map((each) => this.#shown(each))
    if (found.length > 0) return { ...done(), stdout: JSON.stringify(found) }
    return { exitCode: 1, stdout: '[]', stderr: `Error: No such object: ${names[0]}` }
  }

  #shown(container: TestContainer): object {
    const { id, name, image, state, labels } = container
    return {
      Id: id,
      Name: `/${name}`,
      Image: image,
      State: { Status: state, ExitCode: state === 'exited' ? 134 : 0 },
      RestartCount: 0,
      HostConfig: {
        NetworkMode: 'bridge',
        PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8090' }] },
        RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 },
        ...(container === this.containers[0] ? this.special : {}),
      },
      Config: {
        Hostname: id.slice(0, 12),
        Labels: labels,
        Env: ['FROM_IMAGE=1', `DatabaseConnectionString=${VARIABLE}`],
      },
    }
  }

  #create(args: readonly string[], env: Command['env']): CommandResult {
    const name = args[args.indexOf('--name') + 1]!
    const tag = args.find((each) => this.images.has(each))
    if (tag === undefined) return { exitCode: 1, stdout: '', stderr: 'Error: No such image' }
    if (env?.['DatabaseConnectionString'] !== VARIABLE) throw new Error('The variable was lost.')
    const made = this.add(name, tag, 'created')
    made.labels = Object.fromEntries(
      args.flatMap((each, at) => (args[at - 1] === '--label' ? [each.split('=') as [string, string]] : [])),
    )
    return done()
  }

  async #http(url: string, request: HttpRequest | undefined): Promise<HttpAnswer> {
    this.#time += 1
    const { key } = this.get(NAME)?.state === 'running' ? this.get(NAME)! : { key: undefined }
    if (!key || this.#silent-- > 0)
      throw new SetupError({
        code: 'http.refused',
        what: `${url} refuses the connection.`,
        next: 'Start it.',
      })
    const { kid, algorithm, jwk, sign } = key.key
    if (url.endsWith('/.well-known/openid-configuration'))
      return json({ issuer: 'creatio.com', token_endpoint: `${URL}/connect/token`, jwks_uri: `${URL}/jwks` })
    const also = this.alsoPublished?.key
    if (url.endsWith('/jwks'))
      return json({
        keys: [{ ...jwk, kid, use: 'sig' }, ...(also ? [{ ...also.jwk, kid: also.kid, use: 'sig' }] : [])],
      })
    if (this.cannotSign) return { status: 500, headers: {}, body: '' }
    const form = new URLSearchParams(request?.body)
    if (form.get('client_secret') !== SECRET) return { ...json({ error: 'invalid_client' }), status: 400 }
    const exp = NOW.getTime() / 1000 + 3600
    const text = [
      { alg: algorithm, kid, typ: 'at+jwt' },
      { iss: 'creatio.com', client_id: CLIENT, exp },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const access_token = `${text}.${Buffer.from(await sign(text)).toString('base64url')}`
    return json({ access_token, expires_in: 3600 })
  }
}

function done(): CommandResult {
  return { exitCode: 0, stdout: '', stderr: '' }
}

function json(value: unknown): HttpAnswer {
  return { status: 200, headers: {}, body: JSON.stringify(value) }
}
