import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { patchWebConfig, type WebConfigEdits } from '../service/web-config.ts'
import { fileChange } from '../setup/diff.ts'
import type { Step } from '../setup/step.ts'
import { decodeXml } from '../text/xml.ts'
import { replaceFile, restoreFile, type ReplacedFile } from './replace-file.ts'
import { changes } from './write-settings.ts'

export interface WebConfigInput {
  readonly path: string
  readonly edits: WebConfigEdits
  /** The file as it is, or as the archive holds it. */
  readonly before: Uint8Array
}

/** The stdout log of web.config, patched in place. */
export const writeWebConfig: Step<WebConfigInput, ReplacedFile> = {
  kind: 'write-web-config',

  async inspect({ path, edits }, { machine }) {
    const now = await machine.files.read(path)
    if (!now) return { state: 'absent', evidence: ['web.config comes with the archive.'] }
    return patchWebConfig(now, edits, path) === now
      ? { state: 'as-wanted', evidence: ['Logging is as wanted.'] }
      : { state: 'differs', evidence: ['Logging differs.'] }
  },

  preview({ path, before, edits }) {
    const after = patchWebConfig(before, edits, path)
    const change = fileChange(path, decodeXml(before, path).text, decodeXml(after, path).text)
    return { detail: changes(change), files: [change] }
  },

  async apply({ path, edits }, context) {
    await replaceFile(context, path, patchWebConfig(await existing(context.machine, path), edits, path))
    return `${path} is written.`
  },

  async verify({ path, edits }, { machine }) {
    const now = await existing(machine, path)
    if (patchWebConfig(now, edits, path) === now) return 'read back, logging as wanted'
    throw new SetupError({
      code: 'webconfig.not-written',
      what: 'web.config read back is not what was written.',
      where: { file: path },
      next: 'Check whether another program writes this file; then try this step again.',
    })
  },

  undo: restoreFile,
}

async function existing(machine: Machine, path: string): Promise<Uint8Array> {
  const bytes = await machine.files.read(path)
  if (bytes) return bytes
  throw new SetupError({
    code: 'webconfig.missing',
    what: 'web.config is not there.',
    where: { file: path },
    next: 'Check that the archive was extracted into this folder.',
  })
}
