import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answers } from '../../../electron/contract/answers.ts'
import { practiceData, removeShelteredData } from '../../sheltered-data.ts'
import { commandLine } from './command-line.ts'

let root: string
let state: string

const SECRET = 'Kn4-canary_of.exactly-32.charact'
const call = () => ({ state, env: { CANARY: SECRET } })

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'script-line-'))
  state = join(root, 'state')
})

afterAll(async () => {
  await commandLine(['practice', 'stop'], call())
  await rm(root, { recursive: true, force: true })
  await removeShelteredData(practiceData(state))
}, 30_000)

async function answersFile(hosting: string, change: (answers: Answers) => Answers): Promise<string> {
  const { stdout } = await commandLine(['answers', '--hosting', hosting], call())
  const file = join(root, `${hosting}.json`)
  await writeFile(file, JSON.stringify(change(JSON.parse(stdout) as Answers)))
  return file
}

test('plan --script writes a script for Windows that asks for the secrets, and changes nothing', async () => {
  const target = join(root, 'service', 'Identity Service')
  const file = await answersFile('practice', (answers) => ({
    ...answers,
    service: { target },
    client: { ...answers.client, secret: 'env:CANARY' },
  }))
  const script = join(root, 'install.ps1')
  const told = await commandLine(['plan', file, '--script', script], call())
  expect(told.stderr).toBe('')
  expect(told.exitCode).toBe(0)
  expect(told.stdout).toContain(script)

  const bytes = await readFile(script)
  expect(bytes.subarray(0, 3)).toEqual(Buffer.of(0xef, 0xbb, 0xbf))
  const text = bytes.toString('utf8')
  expect(text).toContain('# Exported from a practice run')
  expect(text).toContain(
    `Copy-Service -Source '${join(state, 'practice', 'IdentityService.zip')}' -Target '${target}'`,
  )
  expect(text).toMatch(/\$clientSecret = Read-Secret 'Client secret of the client /)
  const config = await readFile(join(state, 'practice', 'Creatio', 'ConnectionStrings.config'), 'utf8')
  const password = /Password=([^;]+);/.exec(config)![1]!
  for (const secret of [SECRET, password]) expect(text + told.stdout).not.toContain(secret)
  expect(await readdir(root)).not.toContain('service')
})

test('plan --script refuses a plan for Docker, and writes nothing', async () => {
  const { stdout } = await commandLine(['answers', '--hosting', 'docker'], call())
  const file = join(root, 'docker.json')
  const archive = join(state, 'practice', 'IdentityService.zip')
  const docker = JSON.parse(stdout) as Answers
  await writeFile(
    file,
    JSON.stringify({
      ...docker,
      service: { source: archive, target: join(root, 'docker') },
      database: {
        from: 'fields',
        provider: 'PostgreSQL',
        server: '127.0.0.1',
        database: 'creatio',
        user: 'creatio',
        password: 'env:CANARY',
      },
      client: { ...docker.client, secret: 'generate' },
    }),
  )
  const script = join(root, 'docker.ps1')
  const told = await commandLine(['plan', file, '--script', script], call())
  expect(told.stderr).toContain('Script export is for IIS')
  expect(told.stderr).toContain('No script was written.')
  expect(told.exitCode).not.toBe(0)
  expect(await readdir(root)).not.toContain('docker.ps1')
})
