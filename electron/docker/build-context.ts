import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'

export interface ContextSource {
  /** The service's folder. */
  readonly folder: string
  /** The Dockerfile's path inside the folder, with forward slashes. */
  readonly dockerfile: string
  /** What stands in the image instead of (or beside) the folder's files, by path with forward slashes. */
  readonly replace?: Readonly<Record<string, Uint8Array>>
  /** Further paths to leave out, on top of keys, certificates with a key, logs and copies of the settings. */
  readonly leaveOut?: (path: string) => boolean
}

interface Entry {
  readonly path: string
  readonly mode: number
  readonly bytes: () => Promise<Uint8Array>
}

/** The files an image is built from, without any that hold a secret. */
export interface BuildContext {
  /** SHA-256 over paths, permissions and contents, in hex. */
  readonly hash: string
  readonly paths: readonly string[]
  /** A tar archive, to be read once. */
  tar(): Readable
}

const SECRET_OR_OF_NO_USE = [
  /\.(pfx|p12|key|jks)$/i,
  /(^|\/)logs?\//i,
  /(^|\/)appsettings\.json\.[^/]+$/i,
  /(^|\/)\.setup-[^/]*\.tmp$/,
]

/**
 * Reads a build context. Rejects with `docker.context-link` for a symbolic link, which could lead to any file of
 * this machine, and with `docker.no-dockerfile`.
 */
export async function readContext(machine: Machine, source: ContextSource): Promise<BuildContext> {
  const entries = await listEntries(machine, source)
  if (!entries.some(({ path }) => path === source.dockerfile))
    throw new SetupError({
      code: 'docker.no-dockerfile',
      what: `There is no ${source.dockerfile} among the service files.`,
      where: { file: join(source.folder, source.dockerfile) },
      next: 'Check that the archive of the Identity Service is complete and has the container option (8.0.8 or later).',
    })
  const hash = createHash('sha256')
  for (const { path, mode, bytes } of entries) {
    const content = await bytes()
    hash.update(`${path}\0${mode.toString(8)}\0${content.length}\0`).update(content)
  }
  return {
    hash: hash.digest('hex'),
    paths: entries.map(({ path }) => path),
    tar: () => tarOf(entries),
  }
}

async function listEntries(machine: Machine, source: ContextSource): Promise<readonly Entry[]> {
  const found = new Map<string, Entry>()
  for await (const entry of walk(machine, source, '')) found.set(entry.path, entry)
  for (const [path, bytes] of Object.entries(source.replace ?? {}))
    found.set(path, { path, mode: 0o644, bytes: async () => bytes })
  return [...found.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

async function* walk(machine: Machine, source: ContextSource, below: string): AsyncGenerator<Entry> {
  for (const name of await machine.files.list(join(source.folder, below))) {
    const path = below === '' ? name : `${below}/${name}`
    const info = await machine.files.info(join(source.folder, path))
    const isFolder = info?.kind === 'folder'
    if (info === undefined || isLeftOut(isFolder ? `${path}/` : path, source)) continue
    if (isFolder) yield* walk(machine, source, path)
    else if (info.kind !== 'file') throw notAFile(join(source.folder, path))
    else if (!(await holdsPrivateKey(machine, join(source.folder, path)))) {
      const read = async () => (await machine.files.read(join(source.folder, path))) ?? new Uint8Array()
      // Windows knows no permission to execute; the shell scripts there are not run in the image either.
      yield { path, mode: (info.mode & 0o100) === 0 ? 0o644 : 0o755, bytes: read }
    }
  }
}

function isLeftOut(path: string, source: ContextSource): boolean {
  return SECRET_OR_OF_NO_USE.some((pattern) => pattern.test(path)) || (source.leaveOut?.(path) ?? false)
}

/** A PEM file may hold a certificate, which the service may need, or a key. */
async function holdsPrivateKey(machine: Machine, file: string): Promise<boolean> {
  if (!/\.(pem|crt|cer)$/i.test(file)) return false
  const bytes = await machine.files.read(file)
  return (
    bytes !== undefined && /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(Buffer.from(bytes).toString('latin1'))
  )
}

function tarOf(entries: readonly Entry[]): Readable {
  const tar = pack()
  const fill = async () => {
    for (const { path, mode, bytes } of entries) {
      const content = Buffer.from(await bytes())
      // The same files give the same bytes whenever they were unpacked, which keeps the engine's cache useful.
      const header = { name: path, size: content.length, mode, mtime: new Date(0) }
      await new Promise<void>((resolve, reject) => {
        tar.entry(header, (error) => (error ? reject(error) : resolve())).end(content)
      })
    }
    tar.finalize()
  }
  fill().catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))))
  return Readable.from(tar, { objectMode: false })
}

function notAFile(file: string): SetupError {
  return new SetupError({
    code: 'docker.context-link',
    what: `“${file}” is a link or a special file, which cannot go into an image.`,
    where: { file },
    next: 'Replace it by the file it stands for, or remove it.',
  })
}
