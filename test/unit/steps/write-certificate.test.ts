import { beforeAll, describe, expect, test } from 'vitest'
import { createSigningCertificate, type MadeCertificate } from '../../../electron/certificate/signing.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import type { ApplyContext } from '../../../electron/setup/step.ts'
import { sha256 } from '../../../electron/steps/replace-file.ts'
import type { CertificateInput } from '../../../electron/steps/certificate-input.ts'
import { writeCertificate } from '../../../electron/steps/write-certificate.ts'

const real = realMachine()
const NOW = new Date('2026-06-01T12:00:00Z')
const DAY_MS = 86_400_000
const PFX = '/srv/openssl.pfx'
const SUBJECT = 'CN=Creatio\\, the server, O=Acme, C=CY'

/** Asked for below. */
const wanted = { key: 'ECDSA-P256', subject: SUBJECT, days: 90 } as const

let former: MadeCertificate
let input: CertificateInput

const made = (wishes: object, now = NOW) => createSigningCertificate({ now, random: real.random, ...wishes })

beforeAll(async () => {
  former = await made({ subject: 'CN=Former', days: 1095 }, new Date(NOW.getTime() - 1000 * DAY_MS))
  input = {
    path: PFX,
    source: { from: 'new', ...wanted },
    profile: 'AES-256',
    access: 'private',
    present: 'replaced',
    replaces: former.thumbprint,
    stateFolder: '/state',
  }
})

function machineWith(files: Readonly<Record<string, Uint8Array | string>>): Machine {
  const read = async (path: string) => (path in files ? Buffer.from(files[path]!) : undefined)
  return { ...real, clock: { ...real.clock, now: () => NOW }, files: { ...real.files, read } }
}

const found = (there: Uint8Array, more: Partial<CertificateInput> = {}) =>
  writeCertificate.inspect(
    { ...input, ...more },
    { machine: machineWith({ [PFX]: there }), log: () => {}, progress: () => {} },
  )

describe('where a certificate is to be replaced', () => {
  test('the one in use differs, and a new one as it was asked for is wanted', async () => {
    expect((await found(former.pfx)).state).toBe('differs')
    expect((await found((await made(wanted)).pfx)).state).toBe('as-wanted')
  })

  test.each<readonly [string, object]>([
    ['another key', { ...wanted, key: 'RSA-2048' }],
    ['another subject', { ...wanted, subject: 'CN=Somebody' }],
    ['other days', { ...wanted, days: 365 }],
  ])('one with %s is somebody else’s, and left to them', async (_, wishes) => {
    await expect(found((await made(wishes)).pfx)).rejects.toMatchObject({
      problem: { code: 'certificate.replaced-meanwhile', where: { file: PFX } },
    })
  })

  test('what an interrupted replacement with other wishes has left is replaced', async () => {
    const { pfx } = await made({ ...wanted, key: 'RSA-2048' })
    expect((await found(pfx, { attempts: [sha256(pfx)] })).state).toBe('differs')
  })

  test('a new one that has ended since is replaced, whatever the answers were made for', async () => {
    const { pfx } = await made(wanted, new Date(NOW.getTime() - 91 * DAY_MS))
    expect((await found(pfx)).state).toBe('differs')
  })

  test('whatever is there and gives way is said to be replaced', async () => {
    for (const bytes of [former.pfx, Buffer.from('precious')]) {
      const { evidence, there } = await found(bytes)
      expect([evidence.at(-1), there]).toEqual(['It is replaced, and a copy is kept.', [PFX]])
    }
  })

  test('an issued one is wanted by its thumbprint; what is neither is somebody else’s', async () => {
    const issued = await made({ subject: 'CN=Issued' })
    const source = { from: 'file', file: '/srv/issued.pfx', thumbprint: issued.thumbprint } as const
    expect((await found(issued.pfx, { source })).state).toBe('as-wanted')
    expect((await found(former.pfx, { source })).state).toBe('differs')
    await expect(found((await made(wanted)).pfx, { source })).rejects.toMatchObject({
      problem: { code: 'certificate.replaced-meanwhile' },
    })
  })

  test('at another path whatever lies there gives way; what is older than the one in use is no new one', async () => {
    const elsewhere = { present: 'overwritten', newerThan: NOW } as const
    expect((await found((await made({ subject: 'CN=Old' })).pfx, elsewhere)).state).toBe('differs')
    expect((await found((await made(wanted)).pfx, elsewhere)).state).toBe('differs')
  })
})

test('a new file that the settings still name is not taken away from the service', async () => {
  const SETTINGS = '/srv/appsettings.json'
  const removed: string[] = []
  const named = (path: string): Machine => {
    const machine = machineWith({ [PFX]: 'pfx', [SETTINGS]: JSON.stringify({ X509CertificatePath: path }) })
    const files = { ...machine.files, remove: async (file: string) => void removed.push(file) }
    return { ...machine, files }
  }
  const records: unknown[] = []
  const context = {
    machine: { ...named(PFX), files: { ...named(PFX).files, read: async () => undefined, info: async () => ({ kind: 'folder' }), write: async () => {} } }, // prettier-ignore
    log: () => {},
    progress: () => {},
    backupFolder: '/backup',
    signal: new AbortController().signal,
    willUndo: async (record: unknown) => void records.push(record),
    wrote: async () => {},
  } as unknown as ApplyContext<never>
  await writeCertificate.apply({ ...input, present: 'overwritten', namedIn: SETTINGS }, context)
  const record = {
    ...(records[0] as Parameters<typeof writeCertificate.undo>[0]),
    sha256: sha256(Buffer.from('pfx')),
  }
  const undo = (machine: Machine) =>
    writeCertificate.undo(record, { machine, log: () => {}, progress: () => {} })
  await expect(undo(named(PFX))).rejects.toMatchObject({ problem: { code: 'undo.still-named' } })
  expect(removed).toEqual([])
  await undo(named('/srv/former.pfx'))
  expect(removed).toEqual([PFX])
})
