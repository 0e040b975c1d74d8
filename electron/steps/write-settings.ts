import type { FileChange } from '../contract/plan.ts'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { HIDDEN, Secret } from '../secrets/secret.ts'
import { patchSettings, type SettingsEdits } from '../service/settings-patch.ts'
import { fileChange } from '../setup/diff.ts'
import type { Step } from '../setup/step.ts'
import { decodeText } from '../text/encoding.ts'
import { replaceFile, restoreFile, type ReplacedFile } from './replace-file.ts'

export interface SettingsInput {
  readonly path: string
  readonly edits: SettingsEdits
  /** The same edits with secrets masked, for the plan. */
  readonly shown: SettingsEdits
  /** The file as it is, or as the archive holds it. */
  readonly before: Uint8Array
}

/** appsettings.json, patched in place. It holds the database password and the client secret. */
export const writeSettings: Step<SettingsInput, ReplacedFile> = {
  kind: 'write-settings',

  async inspect({ path, edits }, { machine }) {
    const now = await machine.files.read(path)
    if (!now) return { state: 'absent', evidence: ['appsettings.json comes with the archive.'] }
    return patchSettings(now, edits, path) === now
      ? { state: 'as-wanted', evidence: ['Every setting is as wanted.'] }
      : { state: 'differs', evidence: ['Some settings differ.'] }
  },

  preview({ path, before, edits, shown }) {
    const asWanted = patchSettings(before, edits, path) === before
    const change = asWanted ? fileChange(path, '', '') : settingsChange(path, before, shown)
    return { detail: changes(change), files: [change] }
  },

  async apply({ path, edits }, context) {
    const now = await existing(context.machine, path)
    await replaceFile(context, path, patchSettings(now, edits, path))
    return `${path} is written.`
  },

  async verify({ path, edits }, { machine }) {
    const now = await existing(machine, path)
    if (patchSettings(now, edits, path) === now) return 'read back, every setting as wanted'
    throw new SetupError({
      code: 'settings.not-written',
      what: 'The settings read back are not those that were written.',
      where: { file: path },
      next: 'Check whether another program writes this file; then try this step again.',
    })
  },

  undo: restoreFile,
}

/** Edits with every secret in them masked; `connectionString` has to be masked by who can take it apart. */
export function maskedEdits(edits: SettingsEdits, connectionString: Secret): SettingsEdits {
  const hidden = new Secret(HIDDEN)
  const { client, redisConnection } = edits
  return {
    ...edits,
    connectionString,
    ...(redisConnection === undefined ? {} : { redisConnection: hidden }),
    ...(client
      ? { client: { ...client, secret: hidden, ...(client.builtInSecret ? { builtInSecret: hidden } : {}) } }
      : {}),
  }
}

function settingsChange(path: string, before: Uint8Array, shown: SettingsEdits): FileChange {
  const after = patchSettings(before, shown, path)
  return fileChange(path, decodeText(before, path).text, decodeText(after, path).text)
}

/** Words for a row: how many lines change. */
export function changes({ added }: FileChange): string {
  return added === 0 ? 'no changes' : added === 1 ? '1 change' : `${added} changes`
}

async function existing(machine: Machine, path: string): Promise<Uint8Array> {
  const bytes = await machine.files.read(path)
  if (bytes) return bytes
  throw new SetupError({
    code: 'settings.missing',
    what: 'appsettings.json is not there.',
    where: { file: path },
    next: 'Check that the archive was extracted into this folder.',
  })
}
