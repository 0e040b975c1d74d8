import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type CertificateRecord, holdSameRights } from '../../../build/windows/certificate-record.ts'
import { filesHolding } from '../../system/support/secrets.ts'
import { freePort } from '../../free-port.ts'
import { script, workFolder, type Work } from './scripts.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

const NAME = 'Workflow-replace'
let work: Work
beforeAll(async () => void (work = await workFolder()))
afterAll(() => work.clean())

const artifact = (name: string) => join(work.folder, 'artifacts', name)

test('the certificate is replaced twice, taken back twice, and proven each time', async () => {
  const about = ['--name', NAME, '--archive', work.archive, '--http-port', String(await freePort())]
  const { code, output } = await script('replace.ts', ['--work', work.folder, ...about, '--practice'])
  expect(code, output).toBe(0)
  expect(output.match(/^Checked: .*$/gm)).toEqual([
    'Checked: The issued certificate signs.',
    'Checked: The ECDSA key signs.',
    'Checked: The first certificate signs.',
    'Checked: Taking it back left nothing behind.',
  ])
  const kept = await readdir(join(work.folder, 'artifacts'))
  expect(kept).toEqual(expect.arrayContaining([`${NAME}-ecdsa.html`, `${NAME}-issued.html`, 'journals']))
})

test('each moment is recorded: rights and Windows’ reading of the PFX, and of each copy', async () => {
  const text = await readFile(artifact(`${NAME}-certificates.json`), 'utf8')
  const records = JSON.parse(text) as CertificateRecord[]
  expect(records.map(({ files }) => files.length)).toEqual([1, 2, 3, 2, 1])
  const [rsa, ecdsa, issued, ecdsaAgain, rsaAgain] = records.map(({ proven }) => proven)
  expect([ecdsaAgain, rsaAgain]).toEqual([ecdsa, rsa])
  expect(new Set([rsa, ecdsa, issued]).size).toBe(3)
  for (const { when, proven, files } of records) {
    const readings = files.map(({ certutil }) => Buffer.from(certutil.stdout, 'base64').toString())
    expect(readings.at(-1), when).toContain(proven.toLowerCase())
    expect(files.map(({ certutil }) => certutil.exitCode)).toEqual(files.map(() => 0))
    // Not handed down, and for three: Administrators, SYSTEM and the application pool.
    for (const { rights } of files) expect(rights).toMatchObject({ protected: true, entries: { length: 3 } })
  }
})

test('what is kept holds neither the password of the issued PFX nor the file', async () => {
  const password = await readFile(join(work.folder, `${NAME}-issued.password`), 'utf8')
  expect(await filesHolding(join(work.folder, 'artifacts'), [password])).toEqual([])
  const names = await readdir(join(work.folder, 'artifacts'), { recursive: true })
  expect(names.filter((name) => name.endsWith('.pfx'))).toEqual([])
})

test('a copy that others may read is named', () => {
  const certutil = { exitCode: 0, stdout: '', stderr: '' }
  const files = [
    { name: 'openssl-20261121-120000.pfx', rights: { protected: false }, certutil },
    { name: 'openssl.pfx', rights: { protected: true }, certutil },
  ]
  expect(() => holdSameRights({ when: 'installed', proven: '', files })).toThrow(
    'installed: openssl.pfx has other rights than openssl-20261121-120000.pfx.',
  )
})
