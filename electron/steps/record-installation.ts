import { isDeepStrictEqual } from 'node:util'
import { SetupError } from '../contract/problem.ts'
import { installationFile, readInstallation, type Installation } from '../service/installation.ts'
import type { Step } from '../setup/step.ts'
import { replaceFile, restoreFile, type ReplacedFile } from './replace-file.ts'

export interface RecordInput {
  readonly stateFolder: string
  readonly installation: Omit<Installation, 'installedAt'>
}

/** Writes down that the service stands here, so that it can be found, checked and looked after later. */
export const recordInstallation: Step<RecordInput, ReplacedFile> = {
  kind: 'record-installation',

  async inspect({ stateFolder, installation }, { machine }) {
    const record = await readInstallation(machine, stateFolder, installation.id)
    if (!record) return { state: 'absent', evidence: ['Not recorded yet.'] }
    return same(record, installation)
      ? { state: 'as-wanted', evidence: [`Recorded on ${record.installedAt.slice(0, 10)}.`] }
      : { state: 'differs', evidence: ['The record is of an earlier setup.'] }
  },

  preview({ stateFolder, installation }) {
    const path = installationFile(stateFolder, installation.id)
    const binary = 'Where the service stands and how it is reached. No secrets.'
    return { detail: 'no secrets', files: [{ path, change: 'new', added: 0, removed: 0, lines: [], binary }] }
  },

  async apply({ stateFolder, installation }, context) {
    const path = installationFile(stateFolder, installation.id)
    const record: Installation = { ...installation, installedAt: context.machine.clock.now().toISOString() }
    await replaceFile(context, path, Buffer.from(`${JSON.stringify(record, undefined, 2)}\n`), {
      access: 'private',
    })
    return `Recorded as ${installation.id}.`
  },

  async verify({ stateFolder, installation }, { machine }) {
    const record = await readInstallation(machine, stateFolder, installation.id)
    if (record && same(record, installation)) return 'read back and equal'
    throw new SetupError({
      code: 'installation.not-recorded',
      what: 'The record of the installation could not be read back.',
      where: { file: installationFile(stateFolder, installation.id) },
      next: 'Try this step again.',
    })
  },

  undo: restoreFile,

  script: () => [
    {
      part: 'note',
      text: 'left out, because the setup program keeps records of what it installed itself.',
    },
  ],
}

function same(record: Installation, wanted: Omit<Installation, 'installedAt'>): boolean {
  const keys = new Set([...Object.keys(record), ...Object.keys(wanted)]) as Set<keyof Installation>
  keys.delete('installedAt')
  return [...keys].every((key) => isDeepStrictEqual(record[key], (wanted as Installation)[key]))
}
