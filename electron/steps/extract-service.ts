import { dirname, join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { compareTarget } from '../service/compare.ts'
import { extract, stagingFor } from '../service/extract.ts'
import { REQUIRED_FILES } from '../service/required-files.ts'
import { call, check } from '../setup/script-parts.ts'
import type { ApplyContext, Step } from '../setup/step.ts'
import { restoreRights } from '../windows/acl-file.ts'
import { keepRights } from './replace-file.ts'

export interface ExtractInput {
  readonly source: string
  readonly target: string
  /** For the plan: number and size of what will be there. */
  readonly files: number
  readonly bytes: number
}

interface ExtractUndo {
  readonly target: string
  /** An empty folder stood there before. */
  readonly wasEmpty: boolean
  /** On Windows, that folder's access list as `icacls /save` wrote it. */
  readonly rights?: string
  /** Parent folders that did not exist, deepest first. */
  readonly madeParents: readonly string[]
}

/** Brings the vendor's files into a folder that only this user, Administrators and SYSTEM may enter. */
export const extractService: Step<ExtractInput, ExtractUndo> = {
  kind: 'extract-service',

  async inspect({ source, target }, { machine }) {
    const { state, evidence } = await compareTarget(machine, source, target)
    if (state === 'same') return { state: 'as-wanted', evidence }
    if (state === 'absent' || state === 'empty') return { state: 'absent', evidence }
    if (state === 'foreign') return { state: 'foreign', evidence }
    return {
      state: 'foreign',
      evidence: [
        'The folder holds an Identity Service of another build, or one that was changed.',
        ...evidence,
      ],
    }
  },

  preview({ source, target, files, bytes }) {
    const note = `${files} files, ${(bytes / 1_048_576).toFixed(1)} MB, from ${source} to ${target}. They appear whole or not at all.`
    return { detail: files === 1 ? '1 file' : `${files} files`, notes: [note] }
  },

  async apply({ source, target }, context) {
    const { machine } = context
    const wasEmpty = (await machine.files.info(target)) !== undefined
    const rights = wasEmpty ? await rightsOf(target, context) : undefined
    await context.willUndo({
      target,
      wasEmpty,
      ...(rights === undefined ? {} : { rights }),
      madeParents: await missingParents(machine, target),
    })
    const done = await extract(machine, source, target, {
      onProgress: ({ doneFiles, allFiles, doneBytes, allBytes }) =>
        context.progress(allBytes === 0 ? 1 : doneBytes / allBytes, `${doneFiles} of ${allFiles} files`),
    })
    return `${done.files} files in ${target}.`
  },

  async verify({ source, target }, { machine }) {
    const { state, evidence } = await compareTarget(machine, source, target)
    if (state === 'same') return evidence[0] ?? 'all files are there'
    throw new SetupError({
      code: 'target.not-as-extracted',
      what: 'The extracted files are not those of the archive.',
      where: { file: target },
      next: 'Check whether another program, such as a virus scanner, changes files there; then try this step again.',
      details: evidence,
    })
  },

  async undo({ target, wasEmpty, rights, madeParents }, { machine }) {
    const { files } = machine
    const staging = stagingFor(target)
    await files.removeFolder(staging)
    if (await holdsService(machine, target)) {
      // One rename first: whatever ends this program now, half a service never stands there.
      await files.rename(target, staging)
      await files.removeFolder(staging)
    } else if ((await files.list(target)).length > 0) throw holdsOthers(target)
    if (wasEmpty) await files.makeFolder(target)
    else await files.remove(target)
    if (rights !== undefined) await restoreRights(machine, target, rights)
    for (const parent of madeParents) if ((await files.list(parent)).length === 0) await files.remove(parent)
    return wasEmpty ? `${target} is empty again.` : `${target} is removed.`
  },

  script: ({ source, target }) => [
    check('Assert-FreeFolder', { Path: target }),
    call('Copy-Service', { Source: source, Target: target }),
  ],
}

/** The folder is replaced whole, and the one that takes its place has an access list of its own. */
async function rightsOf(target: string, context: ApplyContext<ExtractUndo>): Promise<string | undefined> {
  await context.machine.files.makeFolder(context.backupFolder, { access: 'private' })
  return keepRights(context.machine, target, join(context.backupFolder, 'target'))
}

/** One of the service's files is enough: the other may be what a virus scanner took away. */
async function holdsService({ files }: Machine, target: string): Promise<boolean> {
  const found = await Promise.all(REQUIRED_FILES.map((name) => files.info(join(target, name))))
  return found.some((info) => info !== undefined)
}

function holdsOthers(target: string): SetupError {
  return new SetupError({
    code: 'undo.changed-since',
    what: 'The target folder holds files that this setup did not bring.',
    where: { file: target },
    next: 'Look at them and remove the folder by hand.',
    untouched: 'It was left as it is.',
  })
}

async function missingParents(machine: Machine, target: string): Promise<string[]> {
  const missing: string[] = []
  for (let folder = dirname(target); !(await machine.files.info(folder)); folder = dirname(folder)) {
    missing.push(folder)
    if (dirname(folder) === folder) break
  }
  return missing
}
