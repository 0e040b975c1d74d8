import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CertificateFile } from '../../../electron/certificate/write-files.ts'
import { pfxPathOf, refuseExisting, writeFiles } from '../../../electron/hosts/cli/certificate/destination.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { faultyMachine } from '../../doubles/faulty-machine.ts'

const real = realMachine()
const machine = { ...real, clock: { ...real.clock, now: () => new Date('2026-11-21T19:33:04.567Z') } }
const free = new AbortController().signal

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'destination-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const at = (...names: string[]) => join(root, ...names)
const content = (name: string) => readFile(at(name), 'utf8')

function files(...names: readonly string[]): readonly CertificateFile[] {
  return names.map((name) => ({ path: at(name), bytes: Buffer.from(`new ${name}`), access: 'private' }))
}

/** Everything below the root, with its content. */
async function everything(): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const found = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name)
    return [path, entry.isFile() ? await readFile(path, 'utf8') : 'a folder'] as const
  })
  return Object.fromEntries(await Promise.all(found))
}

describe('where --out leads', () => {
  it('is a PFX by its ending, and otherwise openssl.pfx in that folder', async () => {
    await machine.files.makeFolder(at('odd.pfx'))
    expect(await pfxPathOf(machine, at('signing.pfx'))).toBe(at('signing.pfx'))
    expect(await pfxPathOf(machine, at('signing.P12'))).toBe(at('signing.P12'))
    expect(await pfxPathOf(machine, at('folder'))).toBe(at('folder', 'openssl.pfx'))
    expect(await pfxPathOf(machine, at('odd.pfx'))).toBe(at('odd.pfx', 'openssl.pfx'))
    await expect(pfxPathOf(machine, undefined)).rejects.toMatchObject({
      problem: { code: 'arguments.invalid' },
    })
  })

  it('is refused where a file is, unless that is asked for', async () => {
    await writeFile(at('openssl.key'), 'old')
    const paths = [at('openssl.pfx'), at('openssl.key')]
    await expect(refuseExisting(machine, paths, false)).rejects.toMatchObject({
      problem: { code: 'certificate.exists', where: { file: at('openssl.key') } },
    })
    await refuseExisting(machine, paths, true)
    await refuseExisting(machine, [at('openssl.pfx')], false)
  })
})

describe('writing', () => {
  it('makes folders, and keeps what is private for its owner', async () => {
    const written = await writeFiles(machine, files('a/b/openssl.pfx'), free)
    expect(written).toEqual([{ path: at('a/b/openssl.pfx') }])
    if (process.platform !== 'win32') expect((await stat(at('a/b/openssl.pfx'))).mode & 0o777).toBe(0o600)
  })

  it('keeps what stood there, with the time in its name, and never writes over an earlier copy', async () => {
    await writeFile(at('openssl.pfx'), 'first')
    expect(await writeFiles(machine, files('openssl.pfx'), free)).toEqual([
      { path: at('openssl.pfx'), backup: at('openssl-20261121-193304.pfx') },
    ])
    const [again] = await writeFiles(machine, files('openssl.pfx'), free)
    expect(again).toEqual({ path: at('openssl.pfx'), backup: at('openssl-20261121-193304-2.pfx') })
    expect(await content('openssl-20261121-193304.pfx')).toBe('first')
    expect(await content('openssl-20261121-193304-2.pfx')).toBe('new openssl.pfx')
  })

  it('takes everything back, whichever effect fails', async () => {
    await writeFile(at('openssl.pfx'), 'first')
    await writeFile(at('openssl.key'), 'second')
    const before = await everything()
    const wanted = files('openssl.pfx', 'openssl.cer', 'openssl.key', 'deep/er/openssl.crt')
    const count = 7
    for (let effect = 1; effect <= count; effect++)
      for (const when of ['before', 'after'] as const) {
        const faulty = faultyMachine(machine, { at: effect, how: 'fail', when })
        await expect(writeFiles(faulty.machine, wanted, free)).rejects.toThrow('Made to fail')
        expect(await everything(), `effect ${effect}, ${when}`).toEqual(before)
      }
    const whole = faultyMachine(machine)
    await writeFiles(whole.machine, wanted, free)
    expect(whole.effects).toHaveLength(count)
  })

  it('leaves nothing behind when it is cancelled on its way', async () => {
    await writeFile(at('openssl.pfx'), 'first')
    const before = await everything()
    const cancel = new AbortController()
    const reason = new Error('cancelled')
    const slow = {
      ...machine,
      files: {
        ...machine.files,
        write: async (...args: Parameters<typeof machine.files.write>) => {
          await machine.files.write(...args)
          if (args[0].endsWith('.key')) cancel.abort(reason)
        },
      },
    }
    const wanted = files('openssl.pfx', 'new/openssl.key', 'openssl.crt')
    await expect(writeFiles(slow, wanted, cancel.signal)).rejects.toBe(reason)
    expect(await everything()).toEqual(before)
  })
})
