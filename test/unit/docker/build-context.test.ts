import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { extract } from 'tar-stream'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type BuildContext, readContext } from '../../../electron/docker/build-context.ts'
import { realMachine } from '../../../electron/machine/real.ts'

const machine = realMachine()
const KEY = '-----BEGIN PRIVATE KEY-----\nabc\n'
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'build-context-'))
  await put('Dockerfile-OAuth', 'FROM a')
  await put('IdentityService.dll', 'MZ')
})
afterEach(() => rm(folder, { recursive: true }))

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

const read = (options = {}) => readContext(machine, { folder, dockerfile: 'Dockerfile-OAuth', ...options })

async function unpacked(context: BuildContext): Promise<Record<string, { text: string; mode: number }>> {
  const found: Record<string, { text: string; mode: number }> = {}
  const tar = context.tar().pipe(extract())
  for await (const entry of tar) {
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    found[entry.header.name] = { text: Buffer.concat(chunks).toString(), mode: entry.header.mode ?? 0 }
  }
  return found
}

it('leaves out what holds a key, a secret or a log', async () => {
  for (const path of [
    'openssl.pfx',
    'pfx/win/a.PFX',
    'tls.key',
    'store.p12',
    'logs/today.log',
    'appsettings.json.bak',
    '.setup-0a1b.tmp',
  ])
    await put(path, 'secret')
  await put('key.pem', `some words\n${KEY}`)
  await put('authority.pem', '-----BEGIN CERTIFICATE-----\nabc\n')
  await put('mine/secret.txt', 'secret')
  await put('logsources.txt', 'kept')
  const context = await read({ leaveOut: (path: string) => path === 'mine/' })
  expect(context.paths).toEqual([
    'Dockerfile-OAuth',
    'IdentityService.dll',
    'authority.pem',
    'logsources.txt',
  ])
  expect(Object.keys(await unpacked(context))).toEqual(context.paths)
})

it('puts in what the caller gives instead', async () => {
  await put('appsettings.json', 'secret')
  const replace = { 'appsettings.json': Buffer.from('{}'), 'added.txt': Buffer.from('é') }
  const files = await unpacked(await read({ replace }))
  expect(files).toMatchObject({ 'appsettings.json': { text: '{}' }, 'added.txt': { text: 'é', mode: 0o644 } })
})

it('carries large files, long names and names beyond ASCII unharmed', async () => {
  const large = 'x'.repeat(3_000_001)
  const long = `${'folder/'.repeat(30)}Ünïcödé 日本.txt`
  await put('large.bin', large)
  await put(long, 'here')
  const files = await unpacked(await read())
  expect(createHash('md5').update(files['large.bin']!.text).digest('hex')).toBe(
    createHash('md5').update(large).digest('hex'),
  )
  expect(files[long]?.text).toBe('here')
})

it('has the same hash for the same files, and another for any other', async () => {
  const hashes = [(await read()).hash]
  expect((await read()).hash).toBe(hashes[0])
  await put('b', 'c')
  hashes.push((await read()).hash)
  await rm(join(folder, 'b'))
  await put('bc', '')
  hashes.push((await read()).hash)
  await chmod(join(folder, 'bc'), 0o755)
  if (process.platform !== 'win32') hashes.push((await read()).hash)
  expect(new Set(hashes).size).toBe(hashes.length)
})

it('refuses a link, and a folder without the Dockerfile', async () => {
  await rm(join(folder, 'Dockerfile-OAuth'))
  await expect(read()).rejects.toMatchObject({ problem: { code: 'docker.no-dockerfile' } })
  await put('Dockerfile-OAuth', 'FROM a')
  await symlink('/etc/passwd', join(folder, 'link'))
  await expect(read()).rejects.toMatchObject({
    problem: { code: 'docker.context-link', where: { file: join(folder, 'link') } },
  })
})
