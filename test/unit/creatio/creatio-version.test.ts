import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { creatioVersion } from '../../../electron/creatio/creatio-version.ts'
import { realMachine } from '../../../electron/machine/real.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'creatio-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A library whose resources hold this file version. */
function library(parts: readonly [number, number, number, number]): Buffer {
  const info = Buffer.alloc(52)
  info.writeUInt32LE(0xfeef04bd, 0)
  info.writeUInt32LE(0x00010000, 4)
  info.writeUInt32LE(parts[0] * 0x10000 + parts[1], 8)
  info.writeUInt32LE(parts[2] * 0x10000 + parts[3], 12)
  return Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 1), info])
}

async function lay(file: string, content: Buffer | string) {
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await writeFile(join(folder, file), content)
}

const version = () => creatioVersion(realMachine(), folder)

it.each(['Terrasoft.Core.dll', 'bin/Terrasoft.Core.dll', 'Terrasoft.WebApp/bin/Terrasoft.Core.dll'])(
  'the file version of %s',
  async (file) => {
    await lay(file, library([8, 2, 3, 1158]))
    expect(await version()).toBe('8.2.3.1158')
  },
)

it('the first library that has one', async () => {
  await lay('Terrasoft.Core.dll', library([1, 0, 0, 0]))
  await lay('bin/Terrasoft.Core.dll', library([65_535 % 100, 0, 65_535, 1]))
  expect(await version()).toBe('35.0.65535.1')
})

it.each([
  ['an empty file', ''],
  ['no resources', 'MZ and more'],
  ['nothing but the signature', library([8, 2, 3, 4]).subarray(0, 214)],
  ['no version of Creatio', library([1, 0, 0, 0])],
])('%s says nothing', async (_, content) => {
  await lay('Terrasoft.Core.dll', content)
  expect(await version()).toBeUndefined()
})

it('a folder that is not there says nothing', async () => {
  await rm(folder, { recursive: true })
  expect(await version()).toBeUndefined()
})
