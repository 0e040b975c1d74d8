import { SetupError } from '../contract/problem.ts'
import { addEnvironment } from '../docker/dockerfile-environment.ts'
import type { Machine } from '../machine/machine.ts'
import { HIDDEN, Secret } from '../secrets/secret.ts'
import { fileChange } from '../setup/diff.ts'
import type { Step } from '../setup/step.ts'
import { replaceFile, restoreFile, type ReplacedFile } from './replace-file.ts'
import { changes } from './write-settings.ts'

export interface DockerfileInput {
  readonly path: string
  readonly environment: Readonly<Record<string, string | Secret>>
  /** The file as it is, or as the archive holds it. */
  readonly before: Uint8Array
}

/** ENV lines in Dockerfile-OAuth: the vendor's second way to pass settings. Everybody who has the image can read them. */
export const patchDockerfile: Step<DockerfileInput, ReplacedFile> = {
  kind: 'patch-dockerfile',

  async inspect({ path, environment }, { machine }) {
    const now = await machine.files.read(path)
    if (!now) return { state: 'absent', evidence: ['The Dockerfile comes with the archive.'] }
    return patched(now, environment).equals(now)
      ? { state: 'as-wanted', evidence: ['The variables are as wanted.'] }
      : { state: 'differs', evidence: ['Variables are missing or differ.'] }
  },

  preview({ path, before, environment }) {
    const shown = Object.entries(environment).map(([name, value]) => [
      name,
      value instanceof Secret ? HIDDEN : value,
    ])
    const after = patched(before, Object.fromEntries(shown) as Record<string, string>)
    const change = fileChange(path, Buffer.from(before).toString('utf8'), after.toString('utf8'))
    const note =
      'Everybody who has the image can read these values, the client secret and the password among them.'
    return { detail: changes(change), files: [change], notes: [note] }
  },

  async apply({ path, environment }, context) {
    await replaceFile(context, path, patched(await existing(context.machine, path), environment))
    return `${path} is written.`
  },

  async verify({ path, environment }, { machine }) {
    const now = await existing(machine, path)
    if (patched(now, environment).equals(now)) return 'read back, every variable as wanted'
    throw new SetupError({
      code: 'docker.dockerfile-not-written',
      what: 'The Dockerfile read back is not what was written.',
      where: { file: path },
      next: 'Check whether another program writes this file; then try this step again.',
    })
  },

  undo: restoreFile,
}

function patched(bytes: Uint8Array, environment: DockerfileInput['environment']): Buffer {
  return Buffer.from(addEnvironment(Buffer.from(bytes).toString('utf8'), environment))
}

async function existing(machine: Machine, path: string): Promise<Uint8Array> {
  const bytes = await machine.files.read(path)
  if (bytes) return bytes
  throw new SetupError({
    code: 'docker.no-dockerfile',
    what: 'Dockerfile-OAuth is not there.',
    where: { file: path },
    next: 'Check that the archive of the Identity Service is complete (8.0.8 or later).',
  })
}
