import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answers } from '../../../electron/contract/answers.ts'
import { exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'
import { rawZip, SERVICE } from '../service/zips.ts'
import { commandLine } from './command-line.ts'

/** Hosted by Docker, so that nothing has to be started before an archive is looked at. */
const docker = exampleAnswers('docker', 'linux')
const HIDDEN_WORD = 'Canary-in-the-environment'

let root: string
let state: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'refused-'))
  state = join(root, 'state')
  await mkdir(join(root, 'work'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

async function apply(
  text: string | Buffer,
  env: Record<string, string> = { IDENTITY_DB_PASSWORD: HIDDEN_WORD },
) {
  const file = join(root, 'answers.json')
  await writeFile(file, text)
  const told = await commandLine(['apply', file], { state, env, cwd: root })
  expect(told.stdout + told.stderr).not.toContain(HIDDEN_WORD)
  expect(told.stderr).not.toMatch(/\n\s+at .+:\d+:\d+/)
  return told
}

const withSource = (source: string): string =>
  JSON.stringify({ ...docker, service: { source, target: join(root, 'work', 'target') } } satisfies Answers)

const whole = rawZip(SERVICE)
const archives: Readonly<Record<string, readonly [Buffer | undefined, string]>> = {
  'no file': [undefined, 'There is no file or folder at this path.'],
  'not a zip': [
    Buffer.from('this is no zip archive, however long it may be'),
    'This file is not a zip archive.',
  ],
  '0 bytes': [Buffer.alloc(0), 'The archive has 0 bytes.'],
  truncated: [whole.subarray(0, whole.length - 40), 'The archive is cut off'],
  'no dll': [rawZip(SERVICE.filter(({ name }) => !name.endsWith('.dll'))), 'IdentityService.dll'],
  'two levels deep': [rawZip(SERVICE.map((entry) => ({ ...entry, name: `a/b/${entry.name}` }))), 'a/b'],
  'path escape': [rawZip([...SERVICE, { name: '../escaped.txt', content: 'x' }]), '../escaped.txt'],
  'absolute path': [rawZip([...SERVICE, { name: '/escaped.txt', content: 'x' }]), '/escaped.txt'],
  bomb: [
    rawZip([...SERVICE, { name: 'bomb.bin', content: Buffer.alloc(300 * 1024 * 1024) }]),
    'unreasonable',
  ],
}

describe('an archive that is refused: exit 3, what is wrong, and nothing changed', () => {
  test.each(Object.entries(archives))('%s', async (_, [bytes, words]) => {
    const source = join(root, 'IdentityService.zip')
    await rm(source, { force: true })
    if (bytes) await writeFile(source, bytes)
    const { exitCode, stderr } = await apply(withSource(source))
    expect(exitCode).toBe(3)
    expect(stderr).toContain(words)
    expect(stderr).toMatch(/✖ .+\n\s+At: .+\n(.*\n)*?\s+Next: [A-Z]/)
    expect(await readdir(join(root, 'work'))).toEqual([])
    expect(await readdir(root)).not.toContain('escaped.txt')
    expect(await readdir(root)).not.toContain('state')
  })
})

const text = JSON.stringify(docker)
const answerFiles: Readonly<Record<string, readonly [string | Buffer, string]>> = {
  'not JSON': ['{\n  "version": 1,\n}', 'line 3, column 1'],
  'a key twice': [text.replace('"httpPort":8090', '"httpPort":8090,"httpPort":81'), 'container.httpPort'],
  'an unknown key': [text.replace('"days"', '"dayz"'), 'certificate.dayz'],
  'another version': [text.replace('"version":1', '"version":7'), 'version 7'],
  'a secret in it': [
    text.replace('env:IDENTITY_DB_PASSWORD', 'hunter2'),
    'Give a reference, never the secret itself',
  ],
  'a control character': [text.replace('"name":"Creatio"', '"name":"Cre\\u0007atio"'), 'client.name'],
  'ten thousand characters': [text.replace('db01.example.com', 'x'.repeat(10_000)), 'database.server'],
  'UTF-16 without its mark': [Buffer.from(text, 'utf16le'), 'UTF-8'],
}

describe('answers that are refused: exit 2, the place, and nothing changed', () => {
  test.each(Object.entries(answerFiles))('%s', async (_, [content, words]) => {
    const { exitCode, stderr } = await apply(content)
    expect(stderr).toContain(words)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('Nothing was changed.')
    expect(stderr).not.toContain('hunter2')
    expect(await readdir(root)).not.toContain('state')
  })

  test('a missing secret', async () => {
    const source = join(root, 'IdentityService.zip')
    await writeFile(source, whole)
    const { exitCode, stderr } = await apply(withSource(source), {})
    expect(stderr).toContain('Set the environment variable IDENTITY_DB_PASSWORD for this program.')
    expect(exitCode).toBe(2)
    expect(await readdir(root)).not.toContain('state')
  })

  test('what Windows PowerShell writes by ">" is read: UTF-16 with its mark', async () => {
    const source = join(root, 'IdentityService.zip')
    await rm(source, { force: true })
    const { stderr } = await apply(
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(withSource(source), 'utf16le')]),
    )
    expect(stderr).toContain('There is no file or folder at this path.')
  })
})

describe('arguments that are refused: exit 2 and the way to help', () => {
  test.each([
    [['constructor']],
    [['apply']],
    [['apply', 'a.json', 'b.json']],
    [['apply', 'a.json', '--on-failure', 'explode']],
    [['apply', 'a.json', '--report', '/nowhere/at/all/report.html']],
    [['apply', 'a.json', '--report', 'a.html']],
    [['answers', '--hosting', 'cloud']],
    [['verify']],
    [['serve', '--port', '99999']],
    [['practice', 'start']],
    [['plan', '--unknown']],
  ])('%j', async (args) => {
    const { exitCode, stdout, stderr } = await commandLine(args, { state })
    expect(exitCode).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/identity-setup/)
    expect(stderr).not.toMatch(/\n\s+at .+:\d+:\d+/)
  })

  test('help is no error, and names every exit code', async () => {
    const { exitCode, stdout } = await commandLine(['--help'], { state })
    expect(exitCode).toBe(0)
    for (const code of [0, 1, 2, 3, 4]) expect(stdout).toMatch(new RegExp(`\\b${code} [a-z]`))
  })
})
