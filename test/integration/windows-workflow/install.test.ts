import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ZipFile } from 'yazl'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { breakArchive } from '../../../build/windows/broken-archive.ts'
import { holdEqual } from '../../../build/windows/footprint.ts'
import { filesHolding } from '../../system/support/secrets.ts'
import { freePort } from '../../free-port.ts'
import { script, workFolder, type Work } from './scripts.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

let work: Work
beforeAll(async () => void (work = await workFolder()))
afterAll(() => work.clean())

async function install(variant: string) {
  const [http, https] = [await freePort(), await freePort()]
  const about = ['--variant', variant, '--name', `Workflow-${variant}`, '--archive', work.archive]
  const ports = ['--http-port', String(http), '--https-port', String(https)]
  return script('install.ts', ['--work', work.folder, ...about, ...ports, '--practice'])
}

const CHECKED = ['Looking at the plan', 'The run that failed', 'The second run', 'Taking it back']

test.each(['http', 'https', 'account'])(
  '%s: planned, failed and taken back, set up, proven, repeated, taken back',
  async (variant) => {
    const { code, output } = await install(variant)
    expect(code, output).toBe(0)
    expect(output.match(/^Checked: .*$/gm)).toEqual(
      CHECKED.map((what) => `Checked: ${what} left nothing behind.`),
    )
    expect(output).toContain('The service ended while it was starting.')
    const kept = await readdir(join(work.folder, 'artifacts'), { recursive: true })
    const reports = ['', '-broken'].flatMap((end) =>
      ['html', 'json'].map((kind) => `Workflow-${variant}${end}.${kind}`),
    )
    expect(kept).toEqual(expect.arrayContaining(['command-line.log', ...reports]))
    const journals = await readdir(join(work.folder, 'artifacts', 'journals'))
    expect(journals).toEqual((await readdir(join(work.state, 'runs'))).map((run) => `${run}.jsonl`))
  },
)

test('what is kept of the runs holds no password', async () => {
  const password = await readFile(join(work.folder, 'identity-pool.password'), 'utf8')
  const connections = join(work.state, 'practice', 'Creatio', 'ConnectionStrings.config')
  const [, database] = /Password=([^;]+);/.exec(await readFile(connections, 'utf8'))!
  expect(await filesHolding(join(work.folder, 'artifacts'), [password, database!])).toEqual([])
})

test('an archive that cannot be broken, and a variant that is none, stop it', async () => {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from('<configuration />'), 'web.config')
  zip.end()
  const other = join(work.folder, 'other.zip')
  await pipeline(zip.outputStream, createWriteStream(other))
  await expect(breakArchive(other, join(work.folder, 'broken.zip'))).rejects.toThrow('IdentityService.dll')
  const { code, output } = await install('gMSA')
  expect([code, output]).toEqual([1, expect.stringContaining('--variant is one of http, https, account.')])
})

test('what is left behind is named, line by line', () => {
  const before = { websites: 'Default Web Site', files: '' }
  expect(() => holdEqual('A run', before, { ...before, websites: 'Default Web Site\nIdentity' })).toThrow(
    'A run left something behind:\nwebsites\n  + Identity',
  )
})

test('the script is exported, and says that it was not run', async () => {
  await mkdir(join(work.folder, 'artifacts'), { recursive: true })
  const about = ['--name', 'Workflow-script', '--archive', work.archive, '--http-port', '29999']
  const { code, output } = await script('exported-script.ts', ['--work', work.folder, ...about, '--practice'])
  expect(code, output).toBe(0)
  expect(output).toContain('Only exported')
  const text = await readFile(join(work.folder, 'artifacts', 'Workflow-script.ps1'), 'utf8')
  // The one who answers at the prompt in the workflow stands in for this function.
  expect(text).toMatch(/Read-Host -Prompt \$\w+ -AsSecureString/)
})
