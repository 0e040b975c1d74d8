import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inspectFile } from '../../../electron/checks/inspect/inspect-file.ts'
import { problemOf } from '../../../electron/contract/problem.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { extract } from '../../../electron/service/extract.ts'
import { sampleSettings } from '../../unit/service/settings-samples.ts'
import { everythingIn, freshFolder } from './in-folder.ts'
import { rawZip, SERVICE } from './zips.ts'

const machine = realMachine()
const damage = fc.record({
  at: fc.nat({ max: 0xffff }),
  how: fc.constantFrom('flip', 'cut', 'drop', 'repeat'),
  byte: fc.nat({ max: 255 }),
})

function damaged(bytes: Buffer, { at, how, byte }: { at: number; how: string; byte: number }): Buffer {
  const place = at % bytes.length
  if (how === 'cut') return bytes.subarray(0, place)
  if (how === 'drop') return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1 + (byte % 9))])
  if (how === 'repeat')
    return Buffer.concat([bytes.subarray(0, place), bytes.subarray(Math.max(0, place - 5))])
  const copy = Buffer.from(bytes)
  copy[place] = byte
  return copy
}

it('any damage to any file is read or refused with a problem, never an unexpected error', async () => {
  const folder = await freshFolder()
  const seeds: [string, Buffer][] = [
    ['x.zip', rawZip(SERVICE)],
    ['a.json', Buffer.from(await sampleSettings())],
    [
      'w.config',
      Buffer.from('<?xml version="1.0"?><configuration><!-- x --><aspNetCore a=\'&amp;\'/></configuration>'),
    ],
    [
      'c.config',
      Buffer.from(
        '<connectionStrings><add name="db" connectionString="Host=h;Database=d"/></connectionStrings>',
      ),
    ],
  ]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...seeds), damage, async ([name, seed], change) => {
      const path = join(folder, name)
      await writeFile(path, damaged(seed, change))
      const { facts, refusals } = await inspectFile(machine, path)
      expect(facts.length + refusals.length).toBeGreaterThan(0)
    }),
    { numRuns: 400 },
  )
})

it('a damaged archive is extracted whole or not at all', async () => {
  const folder = await freshFolder()
  const zip = join(folder, 'x.zip')
  const target = join(folder, 'ids')
  await fc.assert(
    fc.asyncProperty(damage, async (change) => {
      await writeFile(zip, damaged(rawZip(SERVICE), change))
      const problem = await extract(machine, zip, target).then(
        () => undefined,
        (error: unknown) => problemOf(error),
      )
      if (problem === undefined) {
        expect(await everythingIn(target)).toEqual(
          expect.arrayContaining(['IdentityService.dll', 'appsettings.json']),
        )
        await machine.files.removeFolder(target)
      } else expect(problem.code).toMatch(/^(archive|source)\./)
      expect(await everythingIn(folder)).toEqual(['x.zip'])
    }),
    { numRuns: 60 },
  )
})
