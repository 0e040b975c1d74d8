import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Answers } from '../../../electron/contract/answers.ts'
import { exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'
import { freePort } from '../../system/support/free-port.ts'

const root = resolve(import.meta.dirname, '../../..')

/** A practice service that stands before a test begins. */
export interface PracticeService {
  /** What the pages call it. */
  readonly name: string
  readonly target: string
  /** Names of the keys that it publishes. */
  kids(): Promise<readonly string[]>
}

/**
 * Installs a practice service by the command line, which is quicker than twelve pages, and leaves it running. A wizard
 * that is open sees it when it looks again, and ends it when it has planned something for it.
 *
 * @param another name for a second service beside the first one
 */
export async function installPractice(stateFolder: string, another?: string): Promise<PracticeService> {
  const folder = join(stateFolder, 'practice')
  const answers = exampleAnswers('practice', process.platform)
  const kept = Number(await readFile(join(folder, 'port.txt'), 'utf8'))
  const port = another === undefined ? kept : await freePort()
  const name = another ?? answers.website!.site
  const target = join(folder, another ?? 'IdentityService')
  await apply(stateFolder, {
    ...answers,
    service: { target },
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
