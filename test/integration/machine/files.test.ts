import { execFile } from 'node:child_process'
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import { realMachine } from '../../../electron/machine/real.ts'

const { files } = realMachine()
const POSIX = process.platform !== 'win32'
let folder: string

beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'machine files é '))
})
afterEach(() => fs.rm(folder, { recursive: true, force: true }))

const at = (...names: string[]) => join(folder, ...names)
const text = async (path: string) => Buffer.from((await files.read(path))!).toString()
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof SetupError ? error.problem.code : String(error)),
  )

describe('isSame', () => {
  it('tells one file by all of its names, and from what is not there', async () => {
    await fs.mkdir(at('sub'))
    await fs.writeFile(at('sub', 'a'), 'same content')
    await fs.writeFile(at('b'), 'same content')
    const a = at('sub', 'a')
    const around = [folder, 'sub', '..', 'sub', 'a'].join('/')
    expect([await files.isSame(a, a), await files.isSame(a, around), await files.isSame(around, a)]).toEqual([true, true, true]) // prettier-ignore
    for (const other of [at('b'), at('sub'), at('none'), at('b', 'none')])
      expect([await files.isSame(a, other), await files.isSame(other, a)]).toEqual([false, false])
    expect(await files.isSame(at('none'), at('none'))).toBe(false)
    // Windows does not tell upper from lower case.
    expect(await files.isSame(a, at('SUB', 'A'))).toBe(!POSIX)
    await fs.link(a, at('hard'))
    expect(await files.isSame(a, at('hard'))).toBe(true)
  })

  it.runIf(POSIX)('follows links, also of a folder, and says where it may not look', async () => {
    await fs.mkdir(at('sub'))
    await fs.writeFile(at('sub', 'a'), 'x')
    await fs.symlink(at('sub'), at('folder'))
    await fs.symlink(at('folder', 'a'), at('link'))
    expect(await files.isSame(at('link'), at('sub', 'a'))).toBe(true)
    await fs.symlink(at('round'), at('round'))
    expect(await codeOf(files.isSame(at('round'), at('sub', 'a')))).toMatch(/^file\./)
  })
})

describe('write', () => {
  it('replaces a file whole, keeps its permissions and leaves nothing beside it', async () => {
    await fs.writeFile(at('a.json'), 'a longer old text', { mode: 0o640 })
    await files.write(at('a.json'), 'new ü')
    expect(await text(at('a.json'))).toBe('new ü')
    expect(await files.list(folder)).toEqual(['a.json'])
    if (POSIX) expect((await files.info(at('a.json')))?.mode).toBe(0o640)
  })

  it.runIf(POSIX)('makes a private file private, also one that was open to all', async () => {
    await fs.writeFile(at('key'), 'old', { mode: 0o666 })
    await files.write(at('key'), new Uint8Array([0, 255, 13, 10]), { access: 'private' })
    expect(await files.info(at('key'))).toEqual({ kind: 'file', size: 4, mode: 0o600 })
    expect(await files.read(at('key'))).toEqual(Buffer.from([0, 255, 13, 10]))
  })

  it.runIf(POSIX)('writes through a link, and never over a device', async () => {
    await fs.writeFile(at('real'), 'old')
    await fs.symlink(at('real'), at('link'))
    await files.write(at('link'), 'new')
    expect((await files.info(at('link')))?.kind).toBe('link')
    expect(await text(at('real'))).toBe('new')
    await promisify(execFile)('mkfifo', [at('pipe')])
    expect(await codeOf(files.write(at('pipe'), 'x'))).toBe('file.not-a-file')
    expect((await files.info(at('pipe')))?.kind).toBe('other')
  })

  it.runIf(POSIX)('leaves the old file and nothing else when the disk takes no more', async () => {
    await fs.writeFile(at('a'), 'old')
    const real = pathToFileURL(join(import.meta.dirname, '../../../electron/machine/real.ts')).href
    const script = `import { realMachine } from ${JSON.stringify(real)}
      await realMachine().files.write(${JSON.stringify(at('a'))}, 'x'.repeat(100_000)).catch((error) => console.log(error.problem.code))
      await realMachine().files.append(${JSON.stringify(at('a'))}, 'x'.repeat(100_000)).catch((error) => console.log(error.problem.code))`
    await fs.writeFile(at('script.mjs'), script)
    const limited = `ulimit -f 8; exec ${JSON.stringify(process.execPath)} "$0"`
    const { stdout } = await promisify(execFile)('sh', ['-c', limited, at('script.mjs')])
    expect(stdout.trim().split('\n')).toEqual(['file.too-large', 'file.too-large'])
    expect(await text(at('a'))).toBe('old')
    expect(await files.list(folder)).toEqual(['a', 'script.mjs'])
  })

  it('never shows a reader a part', async () => {
    const old = 'a'.repeat(200_000)
    const next = 'b'.repeat(300_000)
    await files.write(at('a'), old)
    const writing = new AbortController()
    const seen = new Set<string>()
    const reading = (async () => {
      while (!writing.signal.aborted) seen.add(await text(at('a')))
    })()
    for (let round = 0; round < 10; round++) await files.write(at('a'), round % 2 === 0 ? next : old)
    writing.abort()
    await reading
    expect([...seen].filter((content) => content !== old && content !== next)).toEqual([])
  })
})

describe('errors', () => {
  it('name what stands in the way', async () => {
    await fs.writeFile(at('file'), '')
    expect(await codeOf(files.write(at('file', 'below'), ''))).toBe(
      POSIX ? 'file.not-a-folder' : 'file.missing',
    )
    expect(await codeOf(files.makeFolder(at('file')))).toBe('file.not-a-folder')
    expect(await codeOf(files.list(at('file')))).toBe('file.not-a-folder')
    expect(await codeOf(files.write(at('no', 'such'), ''))).toBe('file.missing')
    expect(await codeOf(files.write(folder, ''))).toBe('file.is-a-folder')
    expect(await codeOf(files.write(at('a\0b'), ''))).toBe('file.bad-name')
    expect(await codeOf(files.removeFolder(parse(folder).root))).toBe('file.whole-disk')
    if (POSIX) expect(await codeOf(files.write(at('x'.repeat(300)), ''))).toBe('file.path-too-long')
  })

  it('carry the path and what was left alone', async () => {
    await expect(files.write(at('no', 'such'), '')).rejects.toMatchObject({
      problem: { where: { file: at('no', 'such') }, untouched: 'The file is as it was before.' },
    })
  })
})

describe('the others', () => {
  it('say when there is nothing', async () => {
    await fs.writeFile(at('file'), '')
    expect(await files.read(at('none'))).toBeUndefined()
    expect(await files.read(at('file', 'below'))).toBeUndefined()
    expect(await files.info(at('none'))).toBeUndefined()
    expect(await files.list(at('none'))).toEqual([])
    await files.remove(at('none'))
    await files.removeFolder(at('none'))
  })

  it('make a folder and tell the topmost new one', async () => {
    expect(await files.makeFolder(at('a', 'b', 'c'), { access: 'private' })).toBe(at('a'))
    expect(await files.makeFolder(at('a', 'b'))).toBeUndefined()
    if (POSIX) expect((await files.info(at('a')))?.mode).toBe(0o700)
  })

  it('append, copy, rename and remove', async () => {
    await files.append(at('log'), 'one\n', { access: 'private' })
    await files.append(at('log'), 'two\n')
    await files.copy(at('log'), at('copy'))
    expect(await text(at('copy'))).toBe('one\ntwo\n')
    if (POSIX) expect((await files.info(at('copy')))?.mode).toBe(0o600)
    await files.rename(at('copy'), at('moved'))
    await files.remove(at('log'))
    expect(await files.list(folder)).toEqual(['moved'])
    expect(await codeOf(files.remove(folder))).toBe('file.not-empty')
    expect(await codeOf(files.copy(at('none'), at('x')))).toBe('file.missing')
  })

  it('stream into a new file, and leave none when the source breaks', async () => {
    expect(await files.writeStream(at('new'), Readable.from([Buffer.from('ab'), Buffer.from('c')]))).toBe(3)
    expect(await codeOf(files.writeStream(at('new'), Readable.from(['x'])))).toBe('file.exists')
    expect(await text(at('new'))).toBe('abc')
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('part')
        throw new Error('the source broke')
      })(),
    )
    expect(await codeOf(files.writeStream(at('broken'), broken))).toBe('file.unexpected')
    expect(await files.info(at('broken'))).toBeUndefined()
  })

  it('look for space and rights in the nearest folder that is there', async () => {
    expect(await files.freeBytes(at('not', 'yet'))).toBeGreaterThan(1_000_000)
    expect(await files.mayWrite(at('not', 'yet'))).toBe(true)
    await fs.writeFile(at('file'), '')
    expect(await files.mayWrite(at('file'))).toBe(false)
    expect(await files.list(folder)).toEqual(['file'])
  })
})
