import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { footprintOf } from '../../../build/windows/footprint.ts'
import { RECORDINGS } from '../../../build/windows/recordings.ts'
import { SQL_TYPES } from '../../../build/windows/sql-types.ts'
import { serverIn } from '../../../build/windows/server.ts'
import { POINTS } from '../../../build/windows/unverified-points.ts'
import { freePort } from '../../free-port.ts'
import { REPOSITORY, script, workFolder, type Work } from './scripts.ts'

interface Recorded {
  readonly name: string
  readonly exitCode?: number
  readonly status?: number
  readonly stdout?: string
  readonly wrote?: string
  readonly error?: string
}

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

let work: Work
let recorded: readonly Recorded[]

beforeAll(async () => {
  work = await workFolder()
})
afterAll(() => work.clean())

const named = (name: string) => recorded.find((each) => each.name === name)!
const textOf = (name: string) => Buffer.from(named(name).stdout!, 'base64').toString('utf8')

test('records every call, and leaves nothing of its own behind', async () => {
  const server = await serverIn(work.folder, true)
  const watched = join(work.folder, 'nothing')
  const before = await footprintOf(server, watched, 'Recording')
  const bundle = join(work.folder, 'dotnet-hosting-0-win.exe')
  const args = ['--work', work.folder, '--port', String(await freePort()), '--bundle', bundle, '--practice']
  const { code, output } = await script('record.ts', args)
  expect(code, output).toBe(0)
  const file = join(work.folder, 'artifacts', 'recordings.json')
  const kept = JSON.parse(await readFile(file, 'utf8')) as { recordings: Recorded[]; practice: boolean }
  recorded = kept.recordings
  expect(kept.practice).toBe(true)
  expect(recorded.map(({ name }) => name)).toEqual(RECORDINGS.map(({ name }) => name))
  expect(recorded.filter(({ error }) => error !== undefined)).toEqual([])
  expect(await footprintOf(server, watched, 'Recording')).toEqual(before)
})

test('the answers are what each call was meant to bring out', () => {
  expect(textOf('pool')).toContain('<APPPOOL APPPOOL.NAME="RecordingPool"')
  expect(named('twin-started').exitCode).toBe(183)
  expect(named('twin-started-on-a-taken-port').exitCode).toBe(32)
  expect(named('site-whose-pool-cannot-log-on').status).toBe(503)
  expect(named('pool-stopped-again').exitCode).toBe(1062)
  expect(named('sslcert-missing').exitCode).toBe(1)
  for (const name of ['pfx-aes-256-dump', 'pfx-3des-dump', 'pfx-ecdsa-dump']) {
    expect(named(name).exitCode, name).toBe(0)
    expect(textOf(name), name).toContain('Certificate 0')
  }
  expect(named('pfx-wrong-password-dump').exitCode).toBe(0x8007_0056)
  expect(named('pfx-missing-dump').exitCode).toBe(0x8007_0002)
  expect(textOf('site-bindings')).toContain('protocol="http"')
  expect(Buffer.from(named('rights-saved').wrote!, 'base64').toString('utf16le')).toContain('D:')
})

test('each name stands once', () => {
  const names = [...RECORDINGS, ...SQL_TYPES].map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

/** Files of the product with a point that is not verified. */
async function unverified(): Promise<string[]> {
  const found: string[] = []
  for (const folder of ['electron', 'resources/windows']) {
    const entries = await readdir(join(REPOSITORY, folder), { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = join(entry.parentPath, entry.name)
      if (/Unverified\s+on\s+a\s+real\s+server/.test(await readFile(file, 'utf8')))
        found.push(file.slice(REPOSITORY.length + 1).replaceAll('\\', '/'))
    }
  }
  return found.toSorted()
}

test('every point that the code marks is settled by a recording, or says why not', async () => {
  expect(POINTS.map(({ file }) => file).toSorted()).toEqual(await unverified())
  const names = [...RECORDINGS, ...SQL_TYPES].map(({ name }) => name)
  const workflow = await readFile(join(REPOSITORY, '.github/workflows/windows.yml'), 'utf8')
  for (const { file, settledBy, provenBy = [], open } of POINTS) {
    expect(names, file).toEqual(expect.arrayContaining([...settledBy]))
    for (const each of provenBy) expect(workflow, file).toContain(`node build/windows/${each} `)
    expect(settledBy.length > 0 || provenBy.length > 0 || open !== undefined, file).toBe(true)
  }
})
