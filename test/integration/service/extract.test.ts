import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { Files, Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { compareTarget } from '../../../electron/service/compare.ts'
import { extract } from '../../../electron/service/extract.ts'
import { everythingIn, fileIn, freshFolder, problemFrom } from './in-folder.ts'
import { rawZip, SERVICE } from './zips.ts'

const machine = realMachine()
const machineWith = (files: Partial<Files>): Machine => ({
  ...machine,
  files: { ...machine.files, ...files },
})
const random = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 2654435761) >>> 24))

async function ground() {
  const folder = await freshFolder()
  const zip = await fileIn(
    folder,
    'IdentityService.zip',
    rawZip([...SERVICE, { name: 'lib/big.dll', content: random }]),
  )
  return { folder, zip, target: join(folder, 'sites', 'ids') }
}

describe('extracting the service', () => {
  it('brings every file, tells its progress and leaves nothing beside', async () => {
    const { folder, zip, target } = await ground()
    const seen: number[] = []
    const done = await extract(machine, zip, target, {
      onProgress: ({ doneBytes, allBytes }) => seen.push(doneBytes / allBytes),
    })
    expect(done).toMatchObject({ target, files: 10, madeFolder: join(folder, 'sites') })
    expect(await everythingIn(join(folder, 'sites'))).toEqual(
      [
        'ids/',
        ...['Data/', 'Data/Migrations/', 'lib/', 'pfx/', 'pfx/linux/', 'pfx/win/'].map(
          (name) => `ids/${name}`,
        ),
        ...[...SERVICE.map(({ name }) => name), 'lib/big.dll'].map((name) => `ids/${name}`),
      ].toSorted(),
    )
    expect((await readFile(join(target, 'lib/big.dll'))).equals(random)).toBe(true)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
  })

  it('copies a folder the same way', async () => {
    const { folder, zip, target } = await ground()
    await extract(machine, zip, target)
    const second = join(folder, 'second')
    expect((await extract(machine, target, second)).madeFolder).toBe(second)
    expect(await everythingIn(second)).toEqual(await everythingIn(target))
    expect((await compareTarget(machine, target, second)).state).toBe('same')
    expect((await problemFrom(extract(machine, target, join(target, 'inner')))).code).toBe(
      'target.inside-source',
    )
  })

  it('removes what a killed run left beside the target', async () => {
    const { folder, zip } = await ground()
    const target = join(folder, 'ids')
    let staging: string | undefined
    const killed = machineWith({
      removeFolder: async () => undefined,
      writeStream: (path) => {
        staging = dirname(path)
        return Promise.reject(new Error('killed'))
      },
    })
    await extract(killed, zip, target).catch(() => undefined)
    expect(await everythingIn(folder)).toContain(`${basename(staging!)}/`)
    await writeFile(join(staging!, 'half.dll'), 'x')
    await extract(machine, zip, target)
    expect(await machine.files.list(folder)).toEqual(['IdentityService.zip', 'ids'])
    expect(await everythingIn(target)).not.toContain('half.dll')
  })

  it('fills an empty folder and leaves another one alone', async () => {
    const { folder, zip } = await ground()
    const empty = join(folder, 'empty')
    await mkdir(empty)
    expect((await extract(machine, zip, empty)).madeFolder).toBeUndefined()
    expect((await problemFrom(extract(machine, zip, empty))).code).toBe('target.not-empty')
    expect((await problemFrom(extract(machine, zip, folder))).code).toBe('target.foreign')
    expect((await problemFrom(extract(machine, zip, zip))).code).toBe('target.not-a-folder')
    await symlink(folder, join(folder, 'link'))
    expect((await problemFrom(extract(machine, zip, join(folder, 'link')))).code).toBe('target.not-a-folder')
  })

  it('keeps the former service when it replaces it', async () => {
    const { zip, target } = await ground()
    await extract(machine, zip, target)
    await writeFile(join(target, 'appsettings.json'), '{"mine": true}')
    const { previous } = await extract(machine, zip, target, { replaceOurs: true })
    expect(await readFile(join(previous!, 'appsettings.json'), 'utf8')).toBe('{"mine": true}')
    expect(await readFile(join(target, 'appsettings.json'), 'utf8')).toContain('Clients')
  })

  it.each(['lib/big.dll', 'IdentityService.dll'])(
    'leaves nothing when it is cancelled at %s',
    async (name) => {
      const { folder, zip, target } = await ground()
      const stop = new AbortController()
      const at = name === 'IdentityService.dll' ? 1 : 120_000
      const problem = await problemFrom(
        extract(machine, zip, target, {
          signal: stop.signal,
          onProgress: ({ doneBytes }) => doneBytes >= at && stop.abort(),
        }),
      )
      expect(problem.code).toBe('extract.cancelled')
      expect(await everythingIn(folder)).toEqual(['IdentityService.zip'])
    },
  )

  it.each([
    ['another checksum', 'archive.damaged', { claimedCrc: 7 }],
    ['more than is claimed', 'archive.bomb', { claimedSize: 1000 }],
    ['less than is claimed', 'archive.damaged', { claimedSize: 400_000 }],
  ])('leaves nothing when a file has %s', async (_, code, lie) => {
    const { folder, target } = await ground()
    const zip = await fileIn(
      folder,
      'IdentityService.zip',
      rawZip([...SERVICE, { name: 'x', content: random, ...lie }]),
    )
    expect((await problemFrom(extract(machine, zip, target))).code).toBe(code)
    expect(await everythingIn(folder)).toEqual(['IdentityService.zip'])
  })

  it('refuses a volume without room before it writes', async () => {
    const { folder, zip, target } = await ground()
    const full = machineWith({ freeBytes: async () => 1_000_000 })
    expect((await problemFrom(extract(full, zip, target))).code).toBe('target.disk-full')
    expect(await everythingIn(folder)).toEqual(['IdentityService.zip'])
  })

  it.each(['writeStream', 'makeFolder', 'rename'] as const)(
    'leaves nothing when the disk fails in %s',
    async (verb) => {
      const { folder, zip, target } = await ground()
      for (let turn = 1; ; turn++) {
        let calls = 0
        const failing = machineWith({
          [verb]: async (...args: never[]) => {
            if (++calls === turn)
              throw new SetupError({
                code: 'file.disk-full',
                what: 'There is no space left.',
                next: 'Free some.',
              })
            return (machine.files[verb] as (...all: never[]) => Promise<unknown>)(...args)
          },
        })
        const problem = await problemFrom(extract(failing, zip, target)).catch(() => undefined)
        if (calls < turn) break
        expect(problem?.untouched).toBeDefined()
        expect(problem?.code).toBe('file.disk-full')
        expect(await everythingIn(folder)).toEqual(['IdentityService.zip'])
      }
      expect(await everythingIn(target)).toContain('IdentityService.dll')
    },
  )

  it.each(['service', 'empty folder'])(
    'puts the former %s back when the last rename fails',
    async (former) => {
      const { folder, zip, target } = await ground()
      if (former === 'service') await extract(machine, zip, target)
      else await mkdir(target, { recursive: true })
      const before = await everythingIn(folder)
      const failing = machineWith({
        rename: (from, to) =>
          from.includes('.identity-setup-')
            ? Promise.reject(new Error('held open'))
            : machine.files.rename(from, to),
      })
      await problemFrom(extract(failing, zip, target, { replaceOurs: true }))
      expect(await everythingIn(folder)).toEqual(before)
    },
  )

  it('refuses a folder it may not write to', async () => {
    const { folder, zip } = await ground()
    const locked = join(folder, 'locked')
    await mkdir(locked)
    await chmod(locked, 0o555)
    // The superuser may write everywhere, so there the port says what a user would be told.
    const asUser = process.getuid?.() === 0 ? machineWith({ mayWrite: async () => false }) : machine
    expect((await problemFrom(extract(asUser, zip, join(locked, 'ids')))).code).toBe('target.read-only')
    expect(await everythingIn(locked)).toEqual([])
  })

  it('takes long, spaced and non-ASCII paths', async () => {
    const { folder, zip } = await ground()
    const target = join(folder, 'Ünï cödé 🦉', 'x'.repeat(120), 'y'.repeat(120), 'ids')
    await extract(machine, zip, target)
    expect((await compareTarget(machine, zip, target)).state).toBe('same')
  })
})

describe('comparing a target', () => {
  it('tells absent, empty, foreign, same and differs, with evidence', async () => {
    const { folder, zip, target } = await ground()
    expect((await compareTarget(machine, zip, target)).state).toBe('absent')
    await mkdir(target, { recursive: true })
    expect((await compareTarget(machine, zip, target)).state).toBe('empty')
    expect(await compareTarget(machine, zip, folder)).toEqual({
      state: 'foreign',
      evidence: ['The folder holds other files: IdentityService.zip, sites.'],
    })
    await extract(machine, zip, target)
    for (const name of ['appsettings.json', 'web.config', 'Dockerfile-OAuth', 'openssl.pfx'])
      await writeFile(join(target, name), 'written by this program')
    expect((await compareTarget(machine, zip, target)).state).toBe('same')
    const changed = Buffer.from(random)
    changed[5]! ^= 1
    await writeFile(join(target, 'lib/big.dll'), changed)
    expect(await compareTarget(machine, zip, target)).toEqual({
      state: 'differs',
      evidence: ['lib/big.dll has other content.'],
    })
  })
})
