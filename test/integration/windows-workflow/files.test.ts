import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { script } from './scripts.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

let folder: string
let server: Server
let url: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workflow-files-'))
  server = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { Location: '/file' }).end()
    else if (request.url === '/file') response.end('an installer')
    else response.writeHead(404).end('not here')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

test('a download follows a redirect and is there whole', async () => {
  const to = join(folder, 'new', 'installer.exe')
  const { code, output } = await script('download.ts', ['--url', `${url}/moved`, '--to', to])
  expect(code, output).toBe(0)
  expect(output).toContain('12 bytes')
  expect(await readFile(to, 'utf8')).toBe('an installer')
})

test('what is not there leaves no file', async () => {
  const to = join(folder, 'missing.exe')
  const { code, output } = await script('download.ts', ['--url', `${url}/gone`, '--to', to])
  expect([code, output]).toEqual([1, expect.stringContaining('answers 404')])
  expect(await readdir(folder)).not.toContain('missing.exe')
})
