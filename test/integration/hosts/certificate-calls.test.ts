import { createPrivateKey } from 'node:crypto'
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readMaterial } from '../../../electron/certificate/material.ts'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { problemOf } from '../../../electron/contract/problem.ts'
import { createBackEnd } from '../../../electron/hosts/back-end/index.ts'
import type { BackEnd } from '../../../electron/hosts/back-end/types.ts'
import { browserShell } from '../../../electron/hosts/browser/shell.ts'
import { realMachine } from '../../../electron/machine/real.ts'

/** What the certificate page asks, answered by the real back end. */

let folder: string
let backEnd: BackEnd

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate calls '))
  backEnd = createBackEnd({
    shell: browserShell('0', async () => {}),
    machine: realMachine(),
    stateFolder: join(folder, 'state'),
  })
})
afterEach(async () => {
  await backEnd.close()
  await rm(folder, { recursive: true })
})

const problem = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => problemOf(error),
  )
const wishes = { operation: 'request', key: 'RSA-2048', subject: 'CN=Identity Service' } as const

it('a path that counts from wherever the program was started is refused', async () => {
  const { handlers } = backEnd
  const part = { code: 'file.part-path', where: { file: 'sub' } }
  expect(await problem(handlers['certificate.look']({ file: 'sub' }))).toMatchObject(part)
  const look = handlers['certificate.look']({ file: join(folder, 'a.crt'), privateKey: 'sub' })
  expect(await problem(look)).toMatchObject(part)
  expect(await problem(handlers['certificate.request']({ ...wishes, folder: 'sub' }))).toMatchObject(part)
  expect(await readdir(folder)).toEqual([])
})

it('a file that is there is not replaced by a request, and no key is made for it', async () => {
  await writeFile(join(folder, 'identity-service.csr'), 'precious')
  const request = backEnd.handlers['certificate.request']({ ...wishes, folder })
  expect(await problem(request)).toMatchObject({ code: 'certificate.exists' })
  expect(await readdir(folder)).toEqual(['identity-service.csr'])
})

it('a file of gigabytes is refused without being read', async () => {
  const file = join(folder, 'windows server.iso')
  const handle = await open(file, 'w')
  await handle.truncate(5 * 1024 ** 3)
  await handle.close()
  const look = backEnd.handlers['certificate.look']({ file })
  expect(await problem(look)).toMatchObject({ code: 'certificate.too-large', where: { file } })
})

it('a file that would be written over is told on the page, unless the service can open it', async () => {
  const { pfx } = await createSigningCertificate({
    subject: 'CN=Issued',
    now: new Date(),
    random: realMachine().random,
  })
  const file = join(folder, 'openssl.pfx')
  const look = async (draft: Record<string, unknown>) => {
    const { problems } = await backEnd.handlers['certificate.look']({ file, draft })
    return problems.map(({ code }) => code)
  }
  await writeFile(file, pfx)
  const here = { service: { target: folder } }
  expect(await look(here)).toEqual([])
  // Somebody has put a certificate with its key as text there, under that name.
  const { certificate, privateKey } = await readMaterial({ file: pfx })
  const key = createPrivateKey({ key: privateKey!, format: 'der', type: 'pkcs8' })
  await writeFile(file, `${certificate!.toString()}${key.export({ format: 'pem', type: 'pkcs8' })}`)
  expect(await look(here)).toEqual(['certificate.original-in-place'])
  expect(await look({ service: { target: join(folder, 'elsewhere') } })).toEqual([])
  expect(await look({ installation: { target: join(folder, 'elsewhere') }, path: file })).toEqual([
    'certificate.original-in-place',
  ])
})
