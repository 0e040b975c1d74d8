import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Answers } from '../../../electron/contract/answers.ts'
import { exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'
import { readClients } from '../../../electron/service/clients.ts'
import { freePort } from '../../free-port.ts'

const root = resolve(import.meta.dirname, '../../..')

/** A practice service that stands before a test begins. */
export interface PracticeService {
  /** What the pages call it. */
  readonly name: string
  readonly target: string
  /** Names of the keys that it publishes. */
  kids(): Promise<readonly string[]>
  /** Its system client, as its settings have it now; `id` where it is another than the one of the installation. */
  client(id?: string): Promise<Client & { readonly scopes: readonly string[] }>
  /** What a client gets by its ID and secret: `Bearer`, or an error. */
  ask(client: Client): Promise<string | undefined>
}

interface Client {
  readonly id: string
  readonly secret: string
}

/**
 * Installs a practice service by the command line, which is quicker than twelve pages, and leaves it running. A wizard
 * that is open sees it when it looks again, and ends it when it has planned something for it.
 *
 * @param another name for a second service beside the first one
 * @param more answers in which it differs
 */
export async function installPractice(
  stateFolder: string,
  another?: string,
  more: Partial<Answers> = {},
): Promise<PracticeService> {
  const folder = join(stateFolder, 'practice')
  const answers = exampleAnswers('practice', process.platform)
  const kept = Number(await readFile(join(folder, 'port.txt'), 'utf8'))
  const port = another === undefined ? kept : await freePort()
  const name = another ?? answers.website!.site
  const target = join(folder, another ?? 'IdentityService')
  await apply(stateFolder, {
    ...answers,
    service: { target },
    ...more,
    website: { ...answers.website!, site: name, pool: another ?? answers.website!.pool, http: { port } },
  })
  return {
    name,
    target,
    async kids() {
      const jwks = await fetch(`http://localhost:${port}/.well-known/openid-configuration/jwks`)
      const { keys } = (await jwks.json()) as { readonly keys: readonly { readonly kid: string }[] }
      return keys.map(({ kid }) => kid)
    },
    async client(id) {
      const clients = readClients(await readFile(join(target, 'appsettings.json')))
      const found = clients.find((one) =>
        id === undefined ? one.name === answers.client.name : one.id === id,
      )
      if (!found) throw new Error('The settings hold no such client.')
      return { id: found.id, secret: found.secrets[0]!.open(), scopes: found.scopes }
    },
    async ask({ id, secret }) {
      const answer = await fetch(`http://localhost:${port}/connect/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: id,
          client_secret: secret,
        }),
      })
      const { token_type: type, error } = (await answer.json()) as Record<string, string | undefined>
      return type ?? error
    },
  }
}

async function apply(stateFolder: string, answers: Answers): Promise<void> {
  const cli = spawn(process.execPath, ['electron/hosts/cli.ts', 'apply', '-'], {
    cwd: root,
    env: { ...process.env, IDENTITY_SETUP_STATE: stateFolder },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  cli.stdin.end(JSON.stringify(answers))
  const [said, complained, [code]] = await Promise.all([
    text(cli.stdout),
    text(cli.stderr),
    once(cli, 'exit') as Promise<[number | null]>,
  ])
  if (code !== 0) throw new Error(`The practice service was not installed (${code}):\n${said}${complained}`)
}
