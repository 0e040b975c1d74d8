import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import type { ApplyContext } from '../../../electron/setup/step.ts'
import { extractService } from '../../../electron/steps/extract-service.ts'
import { replaceFile, restoreFile, type ReplacedFile } from '../../../electron/steps/replace-file.ts'
import { emptyTarget, inPlace, nothing, snapshot } from './file-run.ts'

const machine = realMachine()
const silent = { machine, log: () => {}, progress: () => {} }

function recording<Undo>(backupFolder: string) {
  const records: Undo[] = []
  const context: ApplyContext<Undo> = {
    ...silent,
    backupFolder,
    willUndo: async (record) => void records.unshift(record),
    signal: new AbortController().signal,
    wrote: async () => {},
  }
  return { records, context }
}

const name = fc.constantFrom('a', 'b.json', 'new/c', 'new/d')
const content = fc.uint8Array({ maxLength: 40 })

test('files replaced in any order and taken back are the original bytes', async () => {
  const writes = fc.array(fc.tuple(name, content), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, content), writes, async (before, changes) => {
      await inPlace(nothing, async ({ world, root }) => {
        for (const [path, bytes] of Object.entries(before)) {
          await mkdir(dirname(join(world, path)), { recursive: true })
          await writeFile(join(world, path), bytes)
        }
        const original = await snapshot(world)
        const { records, context } = recording<ReplacedFile>(join(root, 'backup'))
        for (const [path, bytes] of changes) await replaceFile(context, join(world, path), bytes)
        const [path, bytes] = changes.at(-1)!
        expect(new Uint8Array(await readFile(join(world, path)))).toEqual(bytes)
        for (const record of records) await restoreFile(record, silent)
        expect(await snapshot(world)).toEqual(original)
      })
    }),
    { numRuns: 40 },
  )
})

test('a file that someone else has changed since is left to them, with the way to its backup', async () => {
  await inPlace(nothing, async ({ world, root }) => {
    const file = join(world, 'settings.json')
    await writeFile(file, 'original')
    const { records, context } = recording<ReplacedFile>(join(root, 'backup'))
    await replaceFile(context, file, Buffer.from('ours'))
    await writeFile(file, 'theirs')
    const problem = problemOf(await restoreFile(records[0]!, silent).catch((error: unknown) => error))
    expect(problem).toMatchObject({ code: 'undo.changed-since', where: { file } })
    expect(problem.next).toContain(records[0]!.backup)
    expect(await readFile(file, 'utf8')).toBe('theirs')
    await rm(join(root, 'backup'), { recursive: true })
    const gone = problemOf(await restoreFile(records[0]!, silent).catch((error: unknown) => error))
    expect(gone.code).toBe('undo.backup-gone')
  })
})

test('what others put into the target before the archive got there is not removed with it', async () => {
  await inPlace(emptyTarget, async ({ target }) => {
    await writeFile(join(target, 'theirs.txt'), 'theirs')
    const record = { target, wasEmpty: true, madeParents: [] }
    const problem = problemOf(await extractService.undo(record, silent).catch((error: unknown) => error))
    expect(problem.code).toBe('undo.changed-since')
    expect(await readFile(join(target, 'theirs.txt'), 'utf8')).toBe('theirs')
  })
})

test('a service from which a virus scanner took the program is removed all the same', async () => {
  await inPlace(nothing, async ({ archive, target, world, root }) => {
    const { records, context } = recording<Parameters<typeof extractService.undo>[0]>(join(root, 'backup'))
    await extractService.apply({ source: archive, target, files: 9, bytes: 1 }, context)
    await rm(join(target, 'IdentityService.dll'))
    await extractService.undo(records[0]!, silent)
    expect(await snapshot(world)).toEqual({})
  })
})
