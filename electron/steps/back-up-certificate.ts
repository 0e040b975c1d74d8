import { basename, dirname, join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Step } from '../setup/step.ts'
import { copyRights } from '../windows/acl-file.ts'
import { aroundTime, nameForCopy } from '../certificate/name-for-copy.ts'
import { readPfx } from '../certificate/read.ts'
import { seenByAdministrator } from './administrator-view.ts'
import { sha256 } from './replace-file.ts'

export interface BackUpInput {
  /** The PFX that is about to be replaced. */
  readonly path: string
  /** SHA-1 of its certificate; once another is in its place, its copy has been made. */
  readonly replaces?: string
}

interface BackUpUndo {
  readonly copy: string
  /** SHA-256 of the copy, lower-case hex. */
  readonly sha256: string
}

/**
 * Keeps the certificate that is in use, beside it, with the time in its name and the same rights: the vendor's manual
 * asks for it before one is replaced (Academy 2565).
 */
export const backUpCertificate: Step<BackUpInput, BackUpUndo> = {
  kind: 'back-up-certificate',

  inspect: ({ path, replaces }, { machine }) =>
    seenByAdministrator(async () => {
      const bytes = await machine.files.read(path)
      if (!bytes) return { state: 'as-wanted', evidence: ['There is no certificate to be kept.'] }
      const { facts } = await readPfx(bytes)
      if (replaces !== undefined && facts && facts.thumbprint !== replaces)
        return { state: 'as-wanted', evidence: ['The former certificate was kept when it was replaced.'] }
      const copy = await copyOf(machine, path, bytes)
      return copy === undefined
        ? { state: 'absent', evidence: ['There is no copy of this certificate yet.'] }
        : { state: 'as-wanted', evidence: [`${copy} is a copy of it.`] }
    }),

  preview({ path }) {
    return {
      detail: 'a copy',
      files: [
        {
          path: join(dirname(path), aroundTime(path).join('<time>')),
          change: 'new',
          added: 0,
          removed: 0,
          lines: [],
          binary: `A copy of ${basename(path)} as it is, with the same rights.`,
        },
      ],
    }
  },

  async apply({ path }, context) {
    const { machine } = context
    const bytes = await machine.files.read(path)
    if (!bytes) throw gone(path)
    const copy = await nameForCopy(machine, path)
    await context.willUndo({ copy, sha256: sha256(bytes) })
    if (machine.windows) {
      // Nobody may read it until it has the same access list.
      await machine.files.copy(path, copy, { access: 'private' })
      await machine.files.makeFolder(context.backupFolder, { access: 'private' })
      await copyRights(machine, path, copy, context.backupFolder)
    } else await machine.files.copy(path, copy)
    await context.wrote({ path: copy, bytes: bytes.length, sha256: sha256(bytes) })
    return `The former certificate is kept as ${copy}.`
  },

  async verify({ path }, { machine }) {
    const bytes = await machine.files.read(path)
    const copy = bytes && (await copyOf(machine, path, bytes))
    if (copy !== undefined) return `${copy}, equal byte by byte`
    throw gone(path)
  },

  async undo({ copy, sha256: written }, { machine }) {
    const bytes = await machine.files.read(copy)
    if (bytes && sha256(bytes) !== written) return `${copy} was changed since; it stays.`
    await machine.files.remove(copy)
    return `${copy} is removed; the certificate itself is in its place.`
  },
}

/** A file beside it, named as this step names one, with the same content. */
async function copyOf(machine: Machine, path: string, bytes: Uint8Array): Promise<string | undefined> {
  const folder = dirname(path)
  const names = await machine.files.list(folder)
  const [start, ending] = aroundTime(path)
  const hash = sha256(bytes)
  for (const name of names) {
    if (!name.startsWith(start) || !name.endsWith(ending)) continue
    const other = await machine.files.read(join(folder, name))
    if (other && sha256(other) === hash) return join(folder, name)
  }
  return undefined
}

function gone(path: string): SetupError {
  return new SetupError({
    code: 'certificate.backup-missing',
    what: 'The certificate in use could not be copied.',
    where: { file: path },
    next: 'Check that the file is there and that this user may read it.',
    untouched: 'It was left as it is.',
  })
}
