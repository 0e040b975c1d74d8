import { basename } from 'node:path'
import type { FileChange } from '../contract/plan.ts'
import { SetupError } from '../contract/problem.ts'
import type { Machine, WriteOptions } from '../machine/machine.ts'
import { fileChange } from '../setup/diff.ts'
import type { Step } from '../setup/step.ts'
import { seenByAdministrator } from './administrator-view.ts'
import { replaceFile, restoreFile, type ReplacedFile } from './replace-file.ts'

/** A file of the archive in which some values are to be other ones. */
export interface PatchInput {
  readonly path: string
  /** The file as it is, or as the archive holds it: for the plan. */
  readonly before: Uint8Array
  /** `private`: nobody but this user and the administrators may read what is written, from its first byte. */
  readonly access?: WriteOptions['access']
}

export interface PatchAbout<Input extends PatchInput> {
  readonly kind: string
  /** The file with the wanted values; the same bytes when it has them. */
  readonly patch: (bytes: Uint8Array, input: Input) => Uint8Array
  /** The same for eyes: secrets masked. Left out where there are none. */
  readonly shown?: (bytes: Uint8Array, input: Input) => Uint8Array
  /** Bytes as text, for the plan. */
  readonly text: (bytes: Uint8Array, path: string) => string
  /** What the values are called, such as `settings`. */
  readonly values: string
  readonly notes?: readonly string[]
  readonly script?: NonNullable<Step<Input, ReplacedFile>['script']>
}

/** A step that patches a file of the archive in place and leaves every other byte of it alone. */
export function patchStep<Input extends PatchInput>(about: PatchAbout<Input>): Step<Input, ReplacedFile> {
  const { kind, patch, shown = patch, text, values, notes, script } = about
  const isAsWanted = (bytes: Uint8Array, input: Input) => Buffer.from(bytes).equals(patch(bytes, input))
  return {
    kind,

    inspect: (input, { machine }) =>
      seenByAdministrator(async () => {
        const now = await machine.files.read(input.path)
        if (!now) return { state: 'absent', evidence: [`${basename(input.path)} comes with the archive.`] }
        return isAsWanted(now, input)
          ? { state: 'as-wanted', evidence: [`All ${values} are as wanted.`] }
          : { state: 'differs', evidence: [`Some ${values} differ.`] }
      }),

    preview(input) {
      const { path, before } = input
      const after = isAsWanted(before, input) ? before : shown(before, input)
      const change = fileChange(path, text(before, path), text(after, path))
      return { detail: countOf(change), files: [change], ...(notes ? { notes } : {}) }
    },

    async apply(input, context) {
      const now = await existing(context.machine, input.path)
      const { access } = input
      await replaceFile(context, input.path, patch(now, input), access === undefined ? {} : { access })
      return `${input.path} is written.`
    },

    async verify(input, { machine }) {
      if (isAsWanted(await existing(machine, input.path), input)) return `read back, all ${values} as wanted`
      throw new SetupError({
        code: 'file.not-as-written',
        what: `The ${values} read back are not those that were written.`,
        where: { file: input.path },
        next: 'Check whether another program writes this file; then try this step again.',
      })
    },

    undo: restoreFile,

    ...(script ? { script } : {}),
  }
}

function countOf({ added }: FileChange): string {
  return added === 0 ? 'no changes' : added === 1 ? '1 change' : `${added} changes`
}

async function existing(machine: Machine, path: string): Promise<Uint8Array> {
  const bytes = await machine.files.read(path)
  if (bytes) return bytes
  throw new SetupError({
    code: 'file.not-extracted',
    what: `${basename(path)} is not there.`,
    where: { file: path },
    next: 'Check that the archive of the Identity Service is complete and was extracted into this folder.',
  })
}
